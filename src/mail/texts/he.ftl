# The letters in Hebrew. docs/mail.md says how a text is changed and how a language is added.
#
# Sentences name no gender: what is to be done is an infinitive ("אפשר…", "יש…"). Every line begins with a Hebrew
# word, so that mail programs lay it out from the right; codes and links stand on lines of their own.

## Dates and times

month = { $month ->
    [1] ינואר
    [2] פברואר
    [3] מרץ
    [4] אפריל
    [5] מאי
    [6] יוני
    [7] יולי
    [8] אוגוסט
    [9] ספטמבר
    [10] אוקטובר
    [11] נובמבר
   *[12] דצמבר
}
weekday = { $weekday ->
    [1] שני
    [2] שלישי
    [3] רביעי
    [4] חמישי
    [5] שישי
    [6] שבת
   *[7] ראשון
}
date = { $day } ב{ month } { $year }
moment = יום { weekday }, { $day } ב{ month } { $year }, בשעה { $time } ({ $zone })
period = מ־{ $from } עד { $to }

## Codes

good-until = שתקף לשימוש אחד עד { $until }
for-programs =
    למתכנתים: הקוד נשלח לכתובת הראשונה, וההסבר נמצא בשנייה.

    {"    "}{ $post }
    {"    "}{ $docs }
use-code =
    {"    "}{ $code }

    את הקוד מזינים באפליקציה של הקמפוס שלך.

    { $how }
for-the-console =
    או מזינים אותו בדף הזה:
    { $page }
without-the-code = אם הבקשה לא באה ממך, אין צורך לעשות דבר: בלי הקוד לא קורה כלום.

code-registration-known =
    התקבלה בקשה, כנראה ממך, לפתוח חשבון לכתובת הזו. כבר יש לה חשבון, ואפשר להתחבר אליו. אם הסיסמה נשכחה, אפשר לבקש סיסמה חדשה בדף ההתחברות.

    אם הבקשה לא באה ממך, אין צורך לעשות דבר.
    .subject = כבר יש לך חשבון
code-registration-unproved =
    התקבלה בקשה, כנראה ממך, לפתוח חשבון לכתובת הזו. כבר יש לה חשבון, אבל איש לא הוכיח שהכתובת שלו.

    בעזרת הקוד הזה, { good-until }, החשבון יעבור אליך, עם הסיסמה שבחרת עכשיו, וכל החיבורים הקודמים אליו ינותקו.

    { use-code }

    { without-the-code }
    .subject = החשבון שלך
code-registration =
    התקבלה בקשה, כנראה ממך, לפתוח חשבון לכתובת הזו. הקוד הזה, { good-until }, פותח את החשבון:

    { use-code }

    { without-the-code }
    .subject = פתיחת החשבון שלך
code-verification =
    בעזרת הקוד הזה, { good-until }, אפשר להוכיח שהכתובת הזו שלך. קודם יש להתחבר:

    { use-code }

    אם אין לך חשבון כאן, אין צורך לעשות דבר.
    .subject = אימות הכתובת שלך
code-password-reset =
    התקבלה בקשה, כנראה ממך, כי הסיסמה של החשבון עם הכתובת הזו נשכחה. בעזרת הקוד הזה, { good-until }, אפשר לבחור סיסמה חדשה:

    { use-code }

    אז ינותקו כל החיבורים. אם הבקשה לא באה ממך, אין צורך לעשות דבר: הסיסמה תישאר כפי שהיא.
    .subject = סיסמה חדשה
code-email-change =
    התבקש שזו תהיה הכתובת החדשה של אחד החשבונות. אם החשבון שלך, יש להזין בו את הקוד הזה, { good-until }:

    { use-code }

    אם הוא לא שלך, אין צורך לעשות דבר: בלי הקוד לא קורה כלום.
    .subject = אימות הכתובת החדשה שלך
code-email-change-consent =
    התבקש שינוי של הכתובת של החשבון שלך. אם זה רצונך, יש להזין בו את הקוד הזה, { good-until }:

    { use-code }

    אם הבקשה לא באה ממך, יש רק להחליף סיסמה: מישהו אחר יודע אותה.
    .subject = הסכמה לשינוי הכתובת

## What was done with an account

ask-for-a-new-password = אם זה לא מוכר לך, יש לבקש סיסמה חדשה בדף ההתחברות ולהודיע לצוות הקמפוס שלך.
ask-for-the-account-back = אם זה לא מוכר לך, יש להודיע למי שמפעיל את השירות או לצוות הקמפוס שלך: הם יכולים להחזיר לך את החשבון.

account-password-changed =
    הסיסמה של החשבון שלך הוחלפה, ושאר החיבורים אליו נותקו.

    { ask-for-a-new-password }
    .subject = הסיסמה שלך הוחלפה
account-password-reset =
    הסיסמה של החשבון שלך נקבעה מחדש בעזרת קוד. כל החיבורים אליו נותקו, ומפתחות ה־API, מפתחות הגישה ודרכי הכניסה המקושרות שלו הוסרו.

    { ask-for-a-new-password }
    .subject = יש לך סיסמה חדשה
account-password-reset-factor =
    הסיסמה של החשבון שלך נקבעה מחדש בעזרת קוד. כל החיבורים אליו נותקו, ומפתחות ה־API, מפתחות הגישה ודרכי הכניסה המקושרות שלו הוסרו.

    ההתחברות עדיין דורשת קוד מאפליקציית האימות שהוגדרה במועד הזה, או קוד שחזור:
    { $since }

    אם לא הגדרת אותה, או אם שניהם אבדו, יש להודיע לצוות הקמפוס שלך או למי שמפעיל את השירות: הם יכולים להסיר אותה.

    { ask-for-a-new-password }
    .subject = יש לך סיסמה חדשה
account-passkey-added =
    אפשר להתחבר לחשבון שלך בעזרת מפתח גישה חדש. מפתחות הגישה מופיעים בחשבון שלך, ושם אפשר להסיר אותו.

    { ask-for-a-new-password }
    .subject = לחשבון שלך יש מפתח גישה חדש
account-passkey-removed =
    אחד ממפתחות הגישה של החשבון שלך הוסר, ואי אפשר עוד להתחבר בעזרתו.

    { ask-for-a-new-password }
    .subject = מפתח גישה הוסר מהחשבון שלך
account-api-token-created =
    תוכנה יכולה לפעול בשמך בעזרת מפתח API חדש. המפתחות מופיעים בחשבון שלך, ושם אפשר למחוק אותו.

    { ask-for-a-new-password }
    .subject = לחשבון שלך יש מפתח API חדש
account-calendar-feed-created =
    נוצר קישור יומן חדש לחשבון שלך: מי שיש לו הכתובת שלו יכול לקרוא את היומן שלך. אם הוא לא נוצר על ידך, יש למחוק אותו ברשימת קישורי היומן שבחשבון.

    { ask-for-a-new-password }
    .subject = לחשבון שלך נוסף קישור יומן
account-second-factor-added =
    מעכשיו ההתחברות לחשבון שלך דורשת קוד מאפליקציית אימות, בנוסף לסיסמה.

    { ask-for-the-account-back }
    .subject = לחשבון שלך נוסף אימות דו־שלבי
account-second-factor-removed =
    מעכשיו הסיסמה לבדה מספיקה כדי להתחבר לחשבון שלך.

    { ask-for-a-new-password }
    .subject = האימות הדו־שלבי הוסר מהחשבון שלך
account-email-changed =
    לחשבון שלך יש מעכשיו כתובת אחרת. הדואר נשלח אליה, ואיתה מתחברים.

    { ask-for-the-account-back }
    .subject = לחשבון שלך יש כתובת אחרת
account-merged =
    החשבון עם הכתובת הזו מוזג לחשבון אחר, בידי מי שיש בידיו את הסיסמאות של שניהם.

    { ask-for-the-account-back }
    .subject = החשבונות שלך אוחדו
account-merged-into =
    חשבון אחר מוזג לתוך החשבון שלך, בידי מי שיש לו הסיסמאות של שניהם. מה שפותח את החשבון ההוא, כמו מפתחות הגישה שלו, פותח מעכשיו גם את שלך; הוא מופיע בחשבון שלך, ושם אפשר להסיר אותו.

    { ask-for-a-new-password }
    .subject = חשבון אחר מוזג לתוך שלך
account-session-reused =
    אחד החיבורים לחשבון שלך נותק, כי אסימון הרענון שלו שימש פעם שנייה. זה קורה כשאפליקציה מאבדת את האסימונים שלה, או כשמישהו גנב אותם.

    { ask-for-a-new-password }
    .subject = חיבור נותק

if-it-was-not-you = אם זה לא נעשה על ידך, יש לבחור סיסמה חדשה, לבדוק את דרכי הכניסה המקושרות לחשבון שלך ולהודיע לצוות הקמפוס שלך.

sign-on-linked =
    מעכשיו אפשר להתחבר לחשבון שלך באמצעות { $provider }.

    { if-it-was-not-you }
    .subject = אפשר להתחבר באמצעות { $provider }
sign-on-claim-ended =
    התחברת באמצעות { $provider }, ולדבריו הכתובת הזו שלך. כבר היה חשבון עם הכתובת, ומי שפתח אותו לא הוכיח שהיא שלו. לכן הסיסמה שלו כבר לא תקפה, החיבורים אליו נותקו, ורק לך יש גישה אליו, באמצעות { $provider }. אם החשבון נפתח על ידך, רק הסיסמה אבדה: אפשר לבחור חדשה.

    { if-it-was-not-you }
    .subject = החשבון עבר אליך באמצעות { $provider }
sign-on-unlinked =
    החשבון שלך אצל { $provider } כבר לא מאפשר כניסה לחשבון שלך כאן.

    { if-it-was-not-you }
    .subject = כבר אי אפשר להתחבר באמצעות { $provider }

## Invitations

invitation-code =
    ההזמנה שלך היא הקוד הזה, { good-until }:

    {"    "}{ $code }
if-you-expected-no-mail = אם לא ציפית להודעה כזו, אין צורך לעשות דבר: בלי הקוד לא קורה כלום.

staff-invitation =
    שלום,

    הנהלת { $campus } ב{ $city } מזמינה אותך להצטרף לצוות הקמפוס, בתפקיד { $role ->
        [organiser] ניהול
       *[facilitator] הנחיה
    }.

    { invitation-code }

    כדי לקבל את ההזמנה יש להתחבר לאפליקציה של הקמפוס עם חשבון שזו הכתובת שלו, או לפתוח חשבון, ולהזין שם את הקוד.

    { $how }

    { if-you-expected-no-mail }
    .subject = המקום שלך בצוות { $campus }

accept-invitation = כדי לקבל את ההזמנה יש להתחבר לאפליקציה של הקמפוס שלך, או לפתוח חשבון עם הכתובת הזו, ולהזין שם את הקוד.
what-the-staff-see = מאותו רגע צוות הקמפוס רואה אותך, ושאר הלומדים יודעים שהצטרפת אליהם.

student-invitation =
    שלום,

    הצוות של { $campus } ב{ $city } מציע לך מקום במחזור { $cohort }, מ־{ $starts } עד { $ends }.

    { invitation-code }

    { accept-invitation } עם קבלתה יש לך מקום בין הלומדים במחזור וחברות בקמפוס: { what-the-staff-see }

    { $how }

    { if-you-expected-no-mail }
    .subject = המקום שלך ב{ $cohort } אצל { $campus }
alumni-invitation =
    שלום,

    הצוות של { $campus } ב{ $city } מונה אותך עם מי שסיימו את המחזור { $cohort }, מ־{ $starts } עד { $ends }.

    { invitation-code }

    { accept-invitation } עם קבלתה יש לך מקום בין בוגרי המחזור, שיכולים להנחות אחרים, וחברות בקמפוס: { what-the-staff-see }

    { $how }

    { if-you-expected-no-mail }
    .subject = המקום שלך ב{ $cohort } אצל { $campus }

## Mentoring

slot-week = שבוע { $week } של { $cohort }
slot =
    מנטורינג ({ $kind ->
        [project] פרויקט
        [role] תפקיד
        [pastoral] ליווי אישי
        [employment] תעסוקה
       *[week] שבוע
    }), { slot-week }, { $campus }
    { $when }
for-you = בשעון שלך: { $period }
at-place = מקום: { $place }
at-link = קישור: { $link }
begins-at = התחלה: { $at }
confirm-by = לאשר עד: { $by }

slot-promoted =
    התפנה מקום והתור הגיע אליך: הוא שלך עכשיו. אם בכל זאת אין אפשרות להגיע, יש לוותר עליו, כדי שיעבור למי שאחריך בתור.

    { slot }
    .subject = יש לך מקום: { slot-week }
slot-sign-up-cancelled =
    צוות הקמפוס ביטל את ההרשמה שלך למנטורינג. אם הסיבה לא ידועה לך, אפשר לשאול אותם.

    { slot }
    .subject = ההרשמה שלך בוטלה: { slot-week }
slot-removed =
    צוות הקמפוס ביטל את המפגש שנרשמת אליו. תודה על הנכונות להגיע.

    { slot }
    .subject = כבר אין צורך במנטורינג: { slot-week }
slot-timed-removed =
    { slot-removed }
    .subject = מפגש המנטורינג שלך בוטל: { $at }, { slot-week }
slot-called-off =
    המחזור שנרשמת אליו לא יתקיים, או יסתיים מוקדם. תודה על הנכונות להגיע.

    { slot }
    .subject = המחזור בוטל: { slot-week }
slot-takes-place =
    המחזור שנרשמת אליו בוטל, אבל הוא יתקיים בכל זאת, וההרשמה שלך שוב בתוקף. אם כבר אין אפשרות להגיע, יש לוותר על המקום, כדי שיעבור למי שאחריך בתור.

    { slot }
    .subject = המחזור יתקיים בכל זאת: { slot-week }
slot-moved =
    צוות הקמפוס שינה את זמן המפגש שנרשמת אליו, והזמן החדש מופיע למטה. אם אין אפשרות להגיע אז, יש לוותר על המקום, כדי שיעבור למי שאחריך בתור.

    { slot }
    .subject = זמן חדש: { slot-week }
slot-timed-moved =
    { slot-moved }
    .subject = זמן חדש למפגש המנטורינג שלך: { $at }, { slot-week }
slot-reconfirmation-asked =
    יש לך מקום כמנטור או כמנטורית. יש לאשר את ההגעה או לוותר על המקום; בלי אישור, הוא יעבור למי שאחריך בתור לפני תחילת המפגש.

    { slot }
    .subject = עדיין מתאים לך להגיע: { slot-week }
slot-place-expired =
    ההגעה לא אושרה בזמן, ולכן המקום עבר למי שאחריך בתור. אם בכל זאת יש אפשרות להגיע, אפשר להירשם שוב.

    { slot }
    .subject = המקום שלך עבר הלאה: { slot-week }
slot-handed-over =
    המקום שהצעת נתפס, ואין צורך להגיע.

    { slot }
    .subject = המקום שלך נתפס: { slot-week }
slot-taken-over =
    קיבלת מקום שהוצע, במתנה או בתמורה למקום שלך. אם בכל זאת אין אפשרות להגיע, יש לוותר עליו, כדי שיעבור למי שאחריך בתור.

    { slot }
    .subject = יש לך מקום: { slot-week }
slot-booked =
    נקבע מועד בשעות הייעוץ. אם אין אפשרות להגיע, יש לבטל אותו.

    { slot }
    .subject = נקבע מועד: { $at }, { slot-week }
slot-booking-cancelled =
    מועד שנקבע בשעות הייעוץ בוטל, ואין צורך להגיע.

    { slot }
    .subject = המועד שלך בשעות הייעוץ בוטל: { $at }, { slot-week }
slot-booking-moved =
    המועד שנקבע בשעות הייעוץ השתנה, והזמן החדש מופיע למטה. אם אין אפשרות להגיע אז, יש לבטל אותו ולקבוע מועד אחר.

    { slot }
    .subject = זמן חדש: { $at }, { slot-week }
slot-booking-handed-over =
    המועד שקבעת בשעות הייעוץ נשאר, עם מנטור או מנטורית אחרים. אם זה לא מתאים, יש לבטל אותו.

    { slot }
    .subject = מנטור או מנטורית אחרים: { $at }, { slot-week }
allocation-place =
    יש לך מקומות במנטורינג בשבועות האלה: { $weeks }. החלוקה מסבירה למה. אם אין אפשרות להגיע, יש לוותר על המקום, כדי שיעבור למי שאחריך בתור.

    { allocation }
    .subject = יש לך מקום: { $cohort }
allocation-none =
    לא נמצא לך מקום באף אחד מהמפגשים שביקשת. החלוקה מסבירה למה, מפגש אחר מפגש; מי שלא זכה בהגרלה קודם לאחרים בפעם הבאה. ייתכן שנותרו מקומות במפגשים אחרים.

    { allocation }
    .subject = אין מקום הפעם: { $cohort }
allocation =
    מנטורינג ב־{ $cohort }, { $campus }
    חלוקה: { $allocation }

campus-closed =
    { campus-has-closed }
    .subject = הקמפוס { $campus } נסגר
campus-closed-organisers =
    { campus-has-closed }

    מי שמארגן את הקמפוס יכול לקחת איתו את הנתונים או לפתוח אותו מחדש, במשך { $days ->
        [one] יום אחד
        [two] יומיים
       *[other] { $days } ימים
    }. לתוכנות, GET ואחריו DELETE:
    { $export }
    { $closing }
    .subject = הקמפוס { $campus } נסגר
campus-has-closed =
    הקמפוס { $campus } ב{ $city } נסגר. שום דבר לא נוצר או משתנה בו יותר, ואיש אינו פועל בשמו: לצוות אין עוד גישה, וההזמנות שהמתינו בוטלו.

    החשבון שלך נשאר, וכך גם כל מה שעשית: מי שסיים נשאר בין הבוגרים.
campus-reopened =
    הקמפוס { $campus } ב{ $city }, שנסגר, נפתח מחדש. הצוות נשאר כפי שהיה.
    .subject = הקמפוס { $campus } נפתח מחדש

webhook-gone =
    ה־webhook של { $campus } בכתובת

    { $url }

    הושבת: השרת השיב שהוא הוסר לצמיתות (410). מה שקורה בינתיים נשמר 30 יום.
    אפשר למחוק אותו, או לתת לו כתובת אחרת ולהפעיל אותו מחדש:

    { $webhook }
    .subject = ‏webhook של { $campus } הושבת
webhook-failing =
    ה־webhook של { $campus } בכתובת

    { $url }

    הושבת: במשך חמישה ימים השרת לא קיבל דבר. מה שקורה בינתיים נשמר 30 יום.
    יש לבדוק את השרת, להפעיל את ה־webhook מחדש ולשלוח את מה שהוחמץ:

    { $webhook }
    .subject = ‏webhook של { $campus } הושבת

## קבלה

application-of = הבקשה שלך למחזור { $cohort } ב־{ $campus }
application-submitted =
    תודה: { application-of } התקבלה. אפשר למשוך אותה בכל עת עד להחלטה.
    .subject = הבקשה שלך למחזור { $cohort } התקבלה
application-waitlisted =
    כל המקומות במחזור { $cohort } ב־{ $campus } נתפסו, ויש לך מקום ברשימת ההמתנה. אם יתפנה מקום והתור יגיע אליך, הוא יוצע לך מיד. המקום שלך בתור מוצג עם הבקשה.

    אם אין רצון להמשיך להמתין, אפשר למשוך את הבקשה.
    .subject = יש לך מקום ברשימת ההמתנה של { $cohort }
application-offered =
    { $campus } מציע לך מקום במחזור { $cohort }, שמתחיל ב־{ $starts }.

    נא לקבל או לדחות את ההצעה עד { $by }. לאחר מכן המקום עובר למי שאחריך בתור.
    .subject = מוצע לך מקום במחזור { $cohort }
application-accepted =
    יש לך מקום במחזור { $cohort } ב־{ $campus }, שמתחיל ב־{ $starts }. מה שבא לפני כן מוצג עם הבקשה.
    .subject = יש לך מקום במחזור { $cohort }
application-declined =
    המקום שהוצע לך במחזור { $cohort } ב־{ $campus } נדחה, והוא עובר למי שאחריך בתור.
    .subject = המקום במחזור { $cohort } נדחה
application-expired =
    לא התקבלה בזמן תשובה על המקום שהוצע לך במחזור { $cohort } ב־{ $campus }, ולכן הוא עובר למי שאחריך בתור. אין בכך לומר דבר על הבקשה שלך. אם עדיין יש לך רצון להצטרף, נא לכתוב לקמפוס.
    .subject = ההצעה למקום במחזור { $cohort } פגה
application-rejected =
    תודה על הבקשה למחזור { $cohort } ב־{ $campus }. הפעם אין לנו מקום עבורך. נשמח לקבל ממך בקשה למחזור אחר.
    .subject = לגבי הבקשה שלך למחזור { $cohort }
application-withdrawn =
    משכת את { application-of }. לא ייעשה בה דבר נוסף.
    .subject = הבקשה שלך למחזור { $cohort } נמשכה
application-interview-booked =
    הריאיון שלך למחזור { $cohort } ב־{ $campus }: { $when }.

    המקום מוצג עם המועד שהוזמן. אם אין אפשרות להגיע, נא לבטל שם, כדי שהמועד יתפנה לאחרים.
    .subject = הריאיון שלך למחזור { $cohort }
application-interview-cancelled =
    { $campus } ביטל את הריאיון שלך למחזור { $cohort }. נא להזמין מועד אחר.
    .subject = הריאיון שלך למחזור { $cohort } בוטל
application-trial-invited =
    { $campus } מזמין אותך לשבוע הניסיון של מחזור { $cohort }. המקומות יוצעו למי שישתתפו בו.

    { $when }

    אם אין באפשרותך להגיע, נא לכתוב לקמפוס. אם אין לך עוד רצון במקום, אפשר למשוך את הבקשה.
    .subject = הזמנה לשבוע הניסיון של מחזור { $cohort }
application-panel-joined =
    { $campus } צירף אותך לצוות שקורא את הבקשות למחזור { $cohort }: קוראים כל בקשה וכותבים מה חושבים עליה.

    { see-more }
    .subject = צורפת לצוות הקריאה של הבקשות למחזור { $cohort }
application-deferred =
    { $campus } העביר את הבקשה שלך ממחזור { $cohort } למחזור { $later }. נודיע לך מה קורה איתה שם.
    .subject = הבקשה שלך עברה למחזור { $later }

## Clients

client-step = { $status ->
    [acknowledged] ב־{ $campus } קראו את הבקשה של { $client }. על כל צעד נוסף תבוא הודעה. אפשר להזמין גם אחרים מ־{ $client }.
    [invited] { $campus } מזמין את { $client } לסדנה. נא להזמין מקום.
    [workshop_given_up] ההזמנה של { $client } לסדנה ב־{ $campus } בוטלה. נא להזמין סדנה אחרת.
    [workshop_booked] הוזמן מקום בסדנה ב־{ $campus } עבור { $client }. אם בכל זאת אי אפשר להגיע, נא לוותר על המקום ולהזמין סדנה אחרת.
    [agreement_sent] הגיע מ־{ $campus } ההסכם עם { $client }. נא לקרוא אותו ולחתום עליו, ואז לסמן שהוא נחתם.
    [agreement_signed] ההסכם בין { $campus } ובין { $client } נחתם.
    [attended] תודה על ההשתתפות בסדנה ב־{ $campus } עבור { $client }.
    [research_asked] ב־{ $campus } רוצים לדעת מה צריכים המשתמשים של { $client }. נא לשלוח מה שידוע עליהם, או קישור לכך.
    [research_received] מה שידוע על המשתמשים של { $client } הגיע ל־{ $campus }.
    [project] צוות ב־{ $campus } בונה מעכשיו עבור { $client }.
    [completed] המוצר של { $client } נמסר. איך היה? נא לספר ל־{ $campus } בכמה מילים.
    [exit_feedback] תודה על הסיפור ל־{ $campus } איך היה ל־{ $client }.
    [withdrawn] { $by ->
        [staff] ב־{ $campus } לא ממשיכים עם { $client }: הבקשה נמשכה.
       *[owner] מי שאחראי על המוצר מטעם { $client } משך את הבקשה ב־{ $campus }. לא יקרה איתה עוד דבר.
    }
   *[applied] תודה. הבקשה של { $client } הגיעה ל־{ $campus }. אפשר למשוך אותה בכל עת.
}{ $more }
    .subject = { $status ->
        [acknowledged] ב־{ $campus } קראו את הבקשה של { $client }
        [invited] הזמנה לסדנה עבור { $client }
        [workshop_given_up] נא להזמין סדנה אחרת עבור { $client }
        [workshop_booked] הוזמנה סדנה עבור { $client }
        [agreement_sent] נא לחתום על ההסכם של { $client }
        [agreement_signed] ההסכם של { $client } נחתם
        [attended] תודה על ההשתתפות בסדנה עבור { $client }
        [research_asked] מה צריכים המשתמשים של { $client }?
        [research_received] מחקר המשתמשים של { $client } הגיע
        [project] צוות בונה עבור { $client }
        [completed] המוצר של { $client } נמסר
        [exit_feedback] תודה על המשוב של { $client }
        [withdrawn] הבקשה של { $client } נמשכה
       *[applied] הבקשה של { $client } הגיעה
    }
client-note =
    { $by ->
        [staff] כותבים מ־{ $campus }:
       *[owner] כותב מי שאחראי על המוצר מטעם { $client }:
    }

    { $note }
client-answer =
    כדי לענות, יש להתחבר לאפליקציה של { $campus }. לתוכנות, PUT:
    { $href }
client-reminder =
    { $campus } ממתין לצעד של { $client }: { $status ->
        [agreement_sent] נא לקרוא את ההסכם ולאשר שהוא נחתם.
        [research_asked] נא לשלוח מה שידוע על המשתמשים.
        [completed] נא לספר איך היה.
       *[invited] נא להזמין מקום בסדנה.
    }{ $status ->
        [completed] { "" }
       *[invited] { " " }אם אין רצון להמשיך, אפשר לפרוש.
    }{ $more }
    .subject = { $campus } ממתין ל־{ $client }
client-workshop-moved =
    הסדנה של { $client } ב־{ $campus } עברה למועד או למקום אחר. אם אי אפשר להגיע, נא לוותר על המקום ולהזמין סדנה אחרת.{ $more }
    .subject = הסדנה של { $client } עברה למועד או למקום אחר
demo-day =
    { $status ->
        [moved] יום ההדגמות של { $cohort } ב־{ $campus } עבר למועד או למקום אחר. אם בכל זאת אי אפשר להגיע מטעם { $client }, נא להודיע.
        [uninvited] { $client } אינו ממשיך בתהליך, ולכן אין צורך להגיע ליום ההדגמות של { $cohort } ב־{ $campus } ב־{ $at }.
        [cancelled] יום ההדגמות של { $cohort } ב־{ $campus }, שתוכנן ל־{ $at }, בוטל.
       *[planned] { $cohort } ב־{ $campus } מזמינים את { $client } ליום הדגמות, שבו מציגים את מה שנבנה. נא להודיע אם תגיעו.
    }{ $more }
    .subject = { $status ->
        [moved] יום ההדגמות של { $cohort } עבר למועד או למקום אחר
        [uninvited] אין צורך להגיע ליום ההדגמות מטעם { $client }
        [cancelled] יום ההדגמות של { $cohort } בוטל
       *[planned] הזמנה ליום הדגמות עבור { $client }
    }
owner-invitation =
    שלום,

    זו הזמנה ללוות את { $client } ב־{ $campus } ב{ $city }, בין בעלי המוצר.

    { invitation-code }

    כדי לקבל את ההזמנה יש להתחבר לאפליקציה של הקמפוס עם חשבון שזו הכתובת שלו, או לפתוח חשבון, ולהזין שם את הקוד.

    { $how }

    { if-you-expected-no-mail }
    .subject = ההזמנה שלך עבור { $client } ב־{ $campus }

## Notices

slot-weeks = שבועות { $from } עד { $to } של { $cohort }
notice-team-published = הצוות שלך פורסם: { slot-week }.
notice-team-published-weeks = הצוות שלך פורסם: { slot-weeks }.
notice-team-changed = הצוות שלך, { $team }, השתנה: { slot-week }.
notice-team-changed-weeks = הצוות שלך, { $team }, השתנה: { slot-weeks }.
notice-enrolled = יש לך מקום במחזור { $cohort }, שמתחיל ב־{ $starts }.
notice-called-off = מחזור { $cohort }, שהיה אמור להתחיל ב־{ $starts }, בוטל.
notice-takes-place = מחזור { $cohort } יתקיים בכל זאת; הוא מתחיל ב־{ $starts }.
notice-carers = השתנה מי קורא את רשימות הליווי האישי של { $campus }.
notice-admitted = יש לך חברות ב־{ $campus }.
notice-appointed = יש לך מקום בצוות של { $campus }, בתפקיד { $role ->
    [organiser] ארגון
   *[facilitator] הנחיה
}.
notice-request = התקבלה בקשה להצטרף ל־{ $campus }.
notice-allocation = חולקו המקומות לחונכות ב־{ $cohort }.
notice-draw = המקומות לחונכות ב־{ $cohort } הוגרלו; הצוות עוד לא אישר אותם.
    .detail =
        זוהי הגרלה מספר { $number } של המחזור. שמרו את מספר ההקצאה ואת ההתחייבות: באמצעותם אפשר לבדוק את ההגרלה אחרי שתאושר.

        הקצאה:
        { $allocation }
        התחייבות:
        { $commitment }
notice-swap-for-yours = הוצע מקום לחונכות בשבוע { $week } של { $cohort } תמורת המקום שלך.
notice-swap-for-who-waits = הוצע מקום לחונכות בשבוע { $week } של { $cohort }, שהמתנת לו; הוא שלך אם יתקבל.
notice-event-moved = המועד של { $event } ב־{ $cohort } השתנה: { $when }.
notice-event-elsewhere = המקום של { $event } ב־{ $cohort } השתנה: { $when }.
notice-event-cancelled = המפגש { $event } ב־{ $cohort } בוטל: { $when }.
notice-event-reinstated = המפגש { $event } ב־{ $cohort } יתקיים בכל זאת: { $when }.
notice-timetable = מערכת השעות של { $cohort } השתנתה.
notice-action = משימה של { $cohort } הועברה לאחריותך.
notice-review-assigned = לצוות שלך יש סקירת קוד לעשות: { slot-week }.
notice-review-taken-over = הצוות שלך לקח על עצמו סקירת קוד: { slot-week }.
notice-issue-raised = נפתחה הערה בסקירת העבודה של הצוות שלך: { slot-week }.
notice-issue-answered = נענתה הערה בסקירת קוד שעשיתם: { slot-week }.
notice-issue-closed = נסגרה הערה על העבודה של הצוות שלך: { slot-week }.
notice-application-withdrawn = בקשה למחזור { $cohort } נמשכה.
notice-application-accepted = מקום במחזור { $cohort } התקבל.
notice-application-declined = מקום במחזור { $cohort } נדחה.
notice-offers-expired = הצעות למקומות במחזור { $cohort } פגו.
notice-intake-opened = ההרשמה למחזור { $cohort } נפתחה.
notice-trial-moved = פרטי שבוע הניסיון של { $cohort } השתנו: { $from } עד { $to }. כדאי לבדוק שוב את השעה והמקום.
notice-trial-removed = לא יתקיים שבוע ניסיון במחזור { $cohort }.
notice-interviews-offered = אפשר לקבוע ריאיון למחזור { $cohort }.
notice-interview-booked = נקבע איתך ריאיון למחזור { $cohort }: { $when }.
notice-interview-given-up = הריאיון איתך למחזור { $cohort } לא יתקיים: { $when }.
notice-due-moved = מועד ההגשה השתנה, { slot-week }: { $when }.
notice-due-removed = אין עוד מועד הגשה, { slot-week }.
notice-team-due-moved = לצוות שלך יש מועד הגשה אחר, { slot-week }: { $when }.
notice-walk-moved = מועד ההליכה השתנה, { slot-week }: { $when }.
notice-walk-called-off = ההליכה בוטלה, { slot-week }: { $when }.
notice-cover-missing = חסרים מנטורים, { slot-week } (מתחיל ב־{ $starts }): { $missing }.
notice-client-step = { $status ->
    [workshop_booked] לקוח של { $campus } הזמין סדנה.
    [workshop_given_up] לקוח של { $campus } ויתר על הסדנה.
    [agreement_signed] לקוח של { $campus } חתם על ההסכם.
    [research_received] לקוח של { $campus } שלח מחקר משתמשים.
    [exit_feedback] לקוח של { $campus } מספר איך היה.
    [withdrawn] לקוח של { $campus } פורש.
   *[applied] ארגון מבקש מוצר מ־{ $campus }.
}
notice-client-news = { $status ->
    [acknowledged] { $campus } קרא מה ביקשתם לבנות.
    [invited] { $campus } מזמין אתכם לסדנה.
    [workshop_given_up] { $campus } ביטל את הסדנה שלכם. נא להזמין סדנה אחרת.
    [workshop_booked] { $campus } קבע לכם מקום בסדנה.
    [agreement_sent] { $campus } שלח לכם הסכם לחתימה.
    [agreement_signed] { $campus } רשם שההסכם נחתם.
    [attended] { $campus } רשם שהייתם בסדנה.
    [research_asked] { $campus } שואל מה המשתמשים שלכם צריכים.
    [research_received] { $campus } רשם מה המשתמשים שלכם צריכים.
    [project] צוות ב־{ $campus } התחיל לבנות עבורכם.
    [completed] { $campus } מסר לכם את המוצר.
   *[withdrawn] { $campus } אינו ממשיך עם הבקשה שלכם.
}
notice-client-reminder = { $status ->
    [agreement_sent] { $campus } ממתין לחתימתכם על ההסכם.
    [research_asked] { $campus } ממתין לשמוע מה המשתמשים שלכם צריכים.
    [completed] { $campus } ישמח לשמוע איך היה.
   *[invited] { $campus } ממתין שתזמינו מקום בסדנה.
}
notice-client-shared = { $status ->
    [workshop_booked] אחראי מוצר נוסף הזמין סדנה ב־{ $campus }.
    [workshop_given_up] אחראי מוצר נוסף ויתר על הסדנה שלכם ב־{ $campus }.
    [agreement_signed] אחראי מוצר נוסף סימן שההסכם עם { $campus } נחתם.
    [research_received] אחראי מוצר נוסף שלח ל־{ $campus } את מחקר המשתמשים שלכם.
    [exit_feedback] אחראי מוצר נוסף נתן משוב ל־{ $campus }.
   *[withdrawn] אחראי מוצר נוסף משך את הבקשה שלכם ב־{ $campus }.
}
notice-product-vote = מתחילה הצבעה ב־{ $cohort } על המוצרים שייבנו. נא לדרג את המועדפים.
notice-products-chosen = נבחרו המוצרים שייבנו ב־{ $cohort }. נא לדרג את אלה שתרצו לבנות.
notice-product-team = שובצת לצוות של אחד המוצרים ב־{ $cohort }.
notice-hand-over-ready = צוות ב־{ $campus } השלים את כל הדרוש למסירת המוצר שלו.
notice-workshop-moved = { $campus } העביר את הסדנה שלכם למועד או למקום אחר.
notice-demo-day = { $status ->
    [moved] יום ההדגמות של { $cohort } עבר למועד או למקום אחר.
    [uninvited] הארגון שלכם אינו ממשיך בתהליך, ולכן אין צורך להגיע ליום ההדגמות של { $cohort }.
    [cancelled] יום ההדגמות של { $cohort } בוטל.
   *[planned] נקבע יום הדגמות ל־{ $cohort }.
}
notice-owner-joined = אחראי מוצר נוסף מלווה איתכם את הארגון שלכם ב־{ $campus }.
notice-client-offered = { $status ->
    [withdrawn] ארגון של קמפוס אחר אינו מוצע עוד ל־{ $campus }.
   *[made] קמפוס אחר מציע ל־{ $campus } אחד מהארגונים שלו. המחזורים שלכם יכולים לבנות עבורו.
}
notice-own-client-offered = { $status ->
    [withdrawn] הארגון שלכם אינו מוצע עוד ל־{ $campus }.
   *[made] הארגון שלכם מוצע ל־{ $campus }, והסטודנטים שם יכולים לבנות עבורכם.
}
notice-brief-request = { $status ->
    [passed_on] קמפוס אחר העביר ל־{ $campus } עבודה בתשלום, והיא ממתינה לאישורכם.
    [withdrawn] לקוח של { $campus } משך עבודה בתשלום.
   *[submitted] עבודה בתשלום של לקוח של { $campus } ממתינה לאישורכם.
}
notice-brief-news = { $status ->
    [opened] { $campus } אישר את העבודה שהצעתם ומחפש אנשים.
    [reopened] { $campus } מחפש צוות אחר לעבודה שהצעתם.
    [staffed] { $campus } מצא צוות לעבודה שהצעתם.
    [done] { $campus } רשם מה עלה בגורל העבודה שהצעתם.
    [passed_on] { $campus } העביר את העבודה שהצעתם לקמפוס אחר.
   *[withdrawn] { $campus } אינו ממשיך עם העבודה שהצעתם.
}
notice-brief-team = { $status ->
    [first_refusal] ארגון שבניתם עבורו מוצר מציע עבודה בתשלום ב־{ $campus }. לצוות שלכם זכות ראשונים.
    [staffed] שובצת לצוות של עבודה בתשלום דרך { $campus }.
    [left] הוצאת מהצוות של עבודה בתשלום דרך { $campus }.
    [done] { $campus } רשם מה עלה בגורל עבודה שהשתתפת בה.
   *[withdrawn] עבודה דרך { $campus } שהיית אמור להשתתף בה נמשכה.
}
notice-brief-open = { $campus } מחפש בוגרים לעבודה בתשלום.
notice-role-submitted = משרה של מעסיק ב־{ $campus } ממתינה לאישורכם.
notice-role-published = המשרה שלכם פורסמה על ידי { $campus }.
notice-introduction-asked = { $campus } מבקש להכיר לך מעסיק. ההחלטה שלך, ואין חובה לענות.
notice-introduction-refused = מישהו העדיף שלא יכירו לו מעסיק של { $campus }.
notice-introduction-agreed = אחד מבוגרי { $campus } הסכים להיכרות לקראת משרה.
notice-introduction-withdrawn = היכרות שנעשתה על ידי { $campus } בוטלה.
notice-introduction-step = { $status ->
    [interview] ייערך ריאיון בעקבות היכרות שנעשתה על ידי { $campus }.
    [offer] ניתנה הצעת עבודה בעקבות היכרות שנעשתה על ידי { $campus }.
    [hired] היכרות שנעשתה על ידי { $campus } הובילה לעבודה.
   *[declined] המעסיק אינו ממשיך בעקבות היכרות שנעשתה על ידי { $campus }.
}

see-more = לפרטים נוספים יש להתחבר לאפליקציה של הקמפוס שלך.
told-at-once =
    { $text }

    { see-more }
    .subject = { $title }
told-daily =
    { $titles }

    { see-more }

    לתוכנות, GET:
    { $list }
    .subject = { $count ->
        [one] { $title }
        [two] שתי הודעות
       *[other] { $count } הודעות
    }
