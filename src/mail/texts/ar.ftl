# The letters in Arabic. docs/mail.md says how a text is changed and how a language is added.
#
# Sentences name no gender: what is to be done is a verbal noun ("يمكن…", "يُرجى…"). Every line begins with an Arabic
# word, so that mail programs lay it out from the right; codes and links stand on lines of their own.

## Dates and times

month = { $month ->
    [1] كانون الثاني/يناير
    [2] شباط/فبراير
    [3] آذار/مارس
    [4] نيسان/أبريل
    [5] أيار/مايو
    [6] حزيران/يونيو
    [7] تموز/يوليو
    [8] آب/أغسطس
    [9] أيلول/سبتمبر
    [10] تشرين الأول/أكتوبر
    [11] تشرين الثاني/نوفمبر
   *[12] كانون الأول/ديسمبر
}
weekday = { $weekday ->
    [1] الاثنين
    [2] الثلاثاء
    [3] الأربعاء
    [4] الخميس
    [5] الجمعة
    [6] السبت
   *[7] الأحد
}
date = { $day } { month } { $year }
moment = { weekday } { $day } { month } { $year }، الساعة { $time } ({ $zone })
period = من { $from } إلى { $to }

## Codes

good-until = وهو صالح لمرة واحدة حتى { $until }
for-programs =
    للمبرمجين: يُرسَل الرمز إلى العنوان الأول، وشرحه في الثاني.

    {"    "}{ $post }
    {"    "}{ $docs }
use-code =
    {"    "}{ $code }

    يُدخَل الرمز في التطبيق الذي يستخدمه فرعك.

    { $how }
for-the-console =
    أو يُدخَل في هذه الصفحة:
    { $page }
without-the-code = إن لم يكن الطلب منك، فلا حاجة إلى فعل شيء: لا يحدث شيء من دون الرمز.

code-registration-known =
    وصلنا طلب، ربما منك، لفتح حساب بهذا العنوان. يوجد حساب به بالفعل، ويمكنك تسجيل الدخول إليه. وإن نُسيت كلمة المرور، فيمكنك طلب كلمة جديدة من صفحة تسجيل الدخول.

    إن لم يكن الطلب منك، فلا حاجة إلى فعل شيء.
    .subject = لديك حساب بالفعل
code-registration-unproved =
    وصلنا طلب، ربما منك، لفتح حساب بهذا العنوان. يوجد حساب به بالفعل، لكن لم يُثبت أحد أن العنوان له.

    بهذا الرمز، { good-until }، يصبح ذلك الحساب لك، بكلمة المرور التي اخترتها الآن، وتنتهي كل جلساته السابقة.

    { use-code }

    { without-the-code }
    .subject = حسابك
code-registration =
    وصلنا طلب، ربما منك، لفتح حساب بهذا العنوان. بهذا الرمز، { good-until }، يُفتح الحساب:

    { use-code }

    { without-the-code }
    .subject = فتح حسابك
code-verification =
    بهذا الرمز، { good-until }، تُثبت ملكيتك لهذا العنوان. يلزم تسجيل الدخول أولًا:

    { use-code }

    إن لم يكن لديك حساب هنا، فلا حاجة إلى فعل شيء.
    .subject = تأكيد عنوانك
code-password-reset =
    وصلنا طلب، ربما منك، لأن كلمة مرور الحساب بهذا العنوان نُسيت. بهذا الرمز، { good-until }، يمكنك اختيار كلمة جديدة:

    { use-code }

    عندها تنتهي كل الجلسات. وإن لم يكن الطلب منك، فلا حاجة إلى فعل شيء: تبقى كلمة المرور كما هي.
    .subject = كلمة مرور جديدة
code-email-change =
    طُلب أن يكون هذا هو العنوان الجديد لأحد الحسابات. إن كان الحساب لك، فيُرجى إدخال هذا الرمز فيه، { good-until }:

    { use-code }

    إن لم يكن لك، فلا حاجة إلى فعل شيء: لا يحدث شيء من دون الرمز.
    .subject = تأكيد عنوانك الجديد
code-email-change-consent =
    طُلب تغيير عنوان حسابك. إن كان ذلك ما تريد، فيُرجى إدخال هذا الرمز فيه، { good-until }:

    { use-code }

    إن لم يكن الطلب منك، فيُرجى تغيير كلمة مرورك فقط: هناك من يعرفها.
    .subject = الموافقة على تغيير العنوان

## What was done with an account

ask-for-a-new-password = إن لم يكن لك علم بذلك، فيُرجى طلب كلمة مرور جديدة من صفحة تسجيل الدخول، وإبلاغ طاقم فرعك.
ask-for-the-account-back = إن لم يكن لك علم بذلك، فيُرجى إبلاغ من يدير هذه الخدمة أو طاقم فرعك: بإمكانهم إعادة الحساب إليك.

account-password-changed =
    تغيّرت كلمة مرور حسابك، وأُنهيت جلساته الأخرى.

    { ask-for-a-new-password }
    .subject = تغيّرت كلمة مرورك
account-password-reset =
    ضُبطت كلمة مرور حسابك من جديد برمز. أُنهيت كل جلساته، وحُذفت مفاتيح API ومفاتيح المرور الخاصة به وطرق الدخول المرتبطة به.

    { ask-for-a-new-password }
    .subject = لديك كلمة مرور جديدة
account-password-reset-factor =
    ضُبطت كلمة مرور حسابك من جديد برمز. أُنهيت كل جلساته، وحُذفت مفاتيح API ومفاتيح المرور الخاصة به وطرق الدخول المرتبطة به.

    ما زال تسجيل الدخول يتطلب رمزًا من تطبيق المصادقة الذي أُعدّ في هذا الوقت، أو رمز استرداد:
    { $since }

    إن لم تكن أنت من أعدّه، أو إن فقدت الاثنين، فيُرجى إبلاغ طاقم فرعك أو من يدير هذه الخدمة: بإمكانهم إزالته.

    { ask-for-a-new-password }
    .subject = لديك كلمة مرور جديدة
account-passkey-added =
    يمكن تسجيل الدخول إلى حسابك بمفتاح مرور جديد. مفاتيح المرور معروضة في حسابك، ومن هناك يمكن حذفه.

    { ask-for-a-new-password }
    .subject = لحسابك مفتاح مرور جديد
account-passkey-removed =
    حُذف أحد مفاتيح المرور من حسابك، ولم يعد تسجيل الدخول به ممكنًا.

    { ask-for-a-new-password }
    .subject = حُذف مفتاح مرور من حسابك
account-api-token-created =
    يمكن لبرنامج أن يعمل باسمك بمفتاح API جديد. المفاتيح معروضة في حسابك، ومن هناك يمكن حذفه.

    { ask-for-a-new-password }
    .subject = لحسابك مفتاح API جديد
account-calendar-feed-created =
    أُنشئ رابط تقويم جديد لحسابك: من لديه عنوانه يمكنه قراءة تقويمك. إن لم يكن ذلك بطلبك، فيُرجى حذفه من قائمة روابط التقويم في حسابك.

    { ask-for-a-new-password }
    .subject = لحسابك رابط تقويم جديد
account-second-factor-added =
    من الآن فصاعدًا يتطلب تسجيل الدخول إلى حسابك رمزًا من تطبيق مصادقة إضافة إلى كلمة المرور.

    { ask-for-the-account-back }
    .subject = لحسابك عامل تحقق ثانٍ
account-second-factor-removed =
    من الآن فصاعدًا تكفي كلمة المرور وحدها لتسجيل الدخول إلى حسابك.

    { ask-for-a-new-password }
    .subject = أُزيل عامل التحقق الثاني من حسابك
account-email-changed =
    لحسابك عنوان آخر من الآن فصاعدًا. يصل البريد إليه، وبه يكون تسجيل الدخول.

    { ask-for-the-account-back }
    .subject = لحسابك عنوان آخر
account-merged =
    دُمج الحساب بهذا العنوان في حساب آخر، على يد من لديه كلمتا مرور الحسابين.

    { ask-for-the-account-back }
    .subject = أصبح حساباك حسابًا واحدًا
account-merged-into =
    دُمج حساب آخر في حسابك، على يد من لديه كلمتا مرور الحسابين. ما يفتح ذلك الحساب، كمفاتيح المرور، يفتح حسابك من الآن فصاعدًا؛ وهو معروض في حسابك، ومن هناك يمكن حذفه.

    { ask-for-a-new-password }
    .subject = دُمج حساب آخر في حسابك
account-session-reused =
    أُنهيت جلسة من جلسات حسابك لأن رمز تجديدها استُخدم مرة ثانية. يحدث ذلك حين يفقد تطبيق أثر رموزه، أو حين تُسرق.

    { ask-for-a-new-password }
    .subject = أُنهيت جلسة

if-it-was-not-you = إن لم يكن ذلك منك، فيُرجى اختيار كلمة مرور جديدة، ومراجعة طرق الدخول المرتبطة بحسابك، وإبلاغ طاقم فرعك.

sign-on-linked =
    من الآن فصاعدًا يمكنك تسجيل الدخول إلى حسابك عن طريق { $provider }.

    { if-it-was-not-you }
    .subject = يمكنك تسجيل الدخول عن طريق { $provider }
sign-on-claim-ended =
    سجّلت الدخول عن طريق { $provider }، وبحسبه هذا العنوان لك. كان هناك حساب بهذا العنوان من قبل، ومن فتحه لم يُثبت أن العنوان له. لذلك لم تعد كلمة مروره صالحة، وانتهت جلساته، ولا دخول إليه بعد الآن إلا لك، عن طريق { $provider }. وإن كان الحساب قد فُتح من قِبلك، فلم تُفقد إلا كلمة المرور: يمكنك اختيار كلمة جديدة.

    { if-it-was-not-you }
    .subject = حسابك أصبح لك عن طريق { $provider }
sign-on-unlinked =
    لم يعد حسابك لدى { $provider } يتيح الدخول إلى حسابك هنا.

    { if-it-was-not-you }
    .subject = لم يعد ممكنًا تسجيل الدخول عن طريق { $provider }

## Invitations

invitation-code =
    دعوتك هي هذا الرمز، { good-until }:

    {"    "}{ $code }
if-you-expected-no-mail = إن لم تكن هذه الرسالة متوقعة، فلا حاجة إلى فعل شيء: لا يحدث شيء من دون الرمز.

staff-invitation =
    مرحبًا،

    يدعوك أحد منظمي { $campus } في { $city } إلى الانضمام إلى طاقم الفرع، في دور { $role ->
        [organiser] التنظيم
       *[facilitator] التيسير
    }.

    { invitation-code }

    لقبول الدعوة يُرجى تسجيل الدخول إلى التطبيق الذي يستخدمه الفرع بحساب له هذا العنوان، أو فتح حساب، ثم إدخال الرمز هناك.

    { $how }

    { if-you-expected-no-mail }
    .subject = مكانك في طاقم { $campus }

accept-invitation =
    لقبول الدعوة يُرجى تسجيل الدخول إلى التطبيق الذي يستخدمه فرعك، أو فتح حساب بهذا العنوان، ثم إدخال الرمز هناك.
what-the-staff-see = يراك طاقم الفرع منذ ذلك الحين، ويعلم بقية الطلبة أنك من بينهم.

student-invitation =
    مرحبًا،

    يعرض عليك طاقم { $campus } في { $city } مكانًا في دفعة { $cohort }، من { $starts } إلى { $ends }.

    { invitation-code }

    { accept-invitation } بقبولها يصبح لك مكان بين طلبة الدفعة وعضوية في الفرع: { what-the-staff-see }

    { $how }

    { if-you-expected-no-mail }
    .subject = مكانك في { $cohort } لدى { $campus }
alumni-invitation =
    مرحبًا،

    يعدّك طاقم { $campus } في { $city } ضمن من تخرّجوا من دفعة { $cohort }، من { $starts } إلى { $ends }.

    { invitation-code }

    { accept-invitation } بقبولها يصبح لك مكان بين خريجي الدفعة، ويمكنهم إرشاد غيرهم، وعضوية في الفرع: { what-the-staff-see }

    { $how }

    { if-you-expected-no-mail }
    .subject = مكانك في { $cohort } لدى { $campus }

## Mentoring

slot-week = الأسبوع { $week } من { $cohort }
slot =
    الإرشاد ({ $kind ->
        [project] المشروع
        [role] الدور
        [pastoral] الدعم الشخصي
        [employment] التوظيف
       *[week] الأسبوع
    })، { slot-week }، { $campus }
    { $when }
for-you = بتوقيتك: { $period }
at-place = المكان: { $place }
at-link = الرابط: { $link }
begins-at = البداية: { $at }
confirm-by = آخر موعد للتأكيد: { $by }

slot-promoted =
    شغر مكان وكان دورك التالي، فهو لك الآن. وإن تعذّر الحضور، فيُرجى التخلي عنه ليأخذه من يليك في الدور.

    { slot }
    .subject = لديك مكان: { slot-week }
slot-sign-up-cancelled =
    ألغى طاقم الفرع تسجيلك في الإرشاد. يُرجى سؤالهم إن لم يكن السبب معروفًا لك.

    { slot }
    .subject = أُلغي تسجيلك: { slot-week }
slot-removed =
    ألغى طاقم الفرع الموعد المسجَّل باسمك. شكرًا لاستعدادك للحضور.

    { slot }
    .subject = لم تعد هناك حاجة إلى مرشدين: { slot-week }
slot-timed-removed =
    { slot-removed }
    .subject = أُلغي موعدك في الإرشاد: { $at }، { slot-week }
slot-called-off =
    لن تنعقد الدفعة التي سجّلت للإرشاد فيها، أو ستنتهي مبكرًا. شكرًا لاستعدادك للحضور.

    { slot }
    .subject = أُلغيت الدفعة: { slot-week }
slot-takes-place =
    كانت الدفعة التي سجّلت للإرشاد فيها قد أُلغيت. ستنعقد رغم ذلك، وتسجيلك قائم من جديد. وإن تعذّر الحضور، فيُرجى التخلي عن المكان ليأخذه من يليك في الدور.

    { slot }
    .subject = ستنعقد الدفعة رغم الإلغاء: { slot-week }
slot-moved =
    غيّر طاقم الفرع وقت الموعد المسجَّل باسمك، والوقت الجديد أدناه. وإن تعذّر الحضور فيه، فيُرجى التخلي عن المكان ليأخذه من يليك في الدور.

    { slot }
    .subject = وقت جديد: { slot-week }
slot-timed-moved =
    { slot-moved }
    .subject = وقت جديد لموعدك في الإرشاد: { $at }، { slot-week }
slot-reconfirmation-asked =
    لديك مكان في الإرشاد. يُرجى تأكيد الحضور أو التخلي عن المكان، وإلا فسينتقل إلى من يليك في الدور قبل بدء الموعد.

    { slot }
    .subject = هل ما زال الحضور قائمًا: { slot-week }
slot-place-expired =
    لم يصل تأكيد الحضور في الوقت المحدد، فانتقل المكان إلى من يليك في الدور. إن أمكن الحضور رغم ذلك، فيُرجى التسجيل من جديد.

    { slot }
    .subject = انتقل مكانك إلى غيرك: { slot-week }
slot-handed-over =
    المكان الذي عرضته أصبح لشخص آخر، ولا حاجة إلى حضورك.

    { slot }
    .subject = أُخذ مكانك: { slot-week }
slot-taken-over =
    أصبح لك مكان عرضه شخص آخر، دون مقابل أو بدلًا من مكانك. وإن تعذّر الحضور، فيُرجى التخلي عنه ليأخذه من يليك في الدور.

    { slot }
    .subject = لديك مكان: { slot-week }
slot-booked =
    حُجز موعد في ساعات الإرشاد. وإن تعذّر الحضور، فيُرجى إلغاؤه.

    { slot }
    .subject = حُجز موعد: { $at }، { slot-week }
slot-booking-cancelled =
    أُلغي موعد كان محجوزًا في ساعات الإرشاد، ولا حاجة إلى الحضور.

    { slot }
    .subject = أُلغي موعدك المحجوز في ساعات الإرشاد: { $at }، { slot-week }
slot-booking-moved =
    تغيّر وقت الموعد المحجوز في ساعات الإرشاد، والوقت الجديد أدناه. وإن تعذّر الحضور فيه، فيُرجى إلغاؤه وحجز موعد آخر.

    { slot }
    .subject = وقت جديد: { $at }، { slot-week }
slot-booking-handed-over =
    الموعد الذي حجزته في ساعات الإرشاد باقٍ، مع مرشد آخر. إن لم يناسبك ذلك، فيُرجى إلغاؤه.

    { slot }
    .subject = مرشد آخر: { $at }، { slot-week }
allocation-place =
    لديك أماكن في الإرشاد في هذه الأسابيع: { $weeks }. التوزيع يبيّن السبب. وإن تعذّر الحضور، فيُرجى التخلي عن المكان ليأخذه من يليك في الدور.

    { allocation }
    .subject = لديك مكان: { $cohort }
allocation-none =
    لم يتيسّر لك أي من المواعيد التي رغبت فيها. التوزيع يبيّن السبب موعدًا موعدًا، ومن خسر القرعة يتقدّم في المرة القادمة. قد تبقى أماكن في مواعيد أخرى.

    { allocation }
    .subject = لا مكان هذه المرة: { $cohort }
allocation =
    الإرشاد في { $cohort }، { $campus }
    التوزيع: { $allocation }

campus-closed =
    { campus-has-closed }
    .subject = أُغلق الفرع { $campus }
campus-closed-organisers =
    { campus-has-closed }

    بصفتك من منظّمي الفرع، يمكن أخذ بياناته أو إعادة فتحه خلال { $days ->
        [zero] { $days } يوم
        [one] يوم واحد
        [two] يومين
        [few] { $days } أيام
        [many] { $days } يومًا
       *[other] { $days } يوم
    }. للبرامج، GET ثم DELETE:
    { $export }
    { $closing }
    .subject = أُغلق الفرع { $campus }
campus-has-closed =
    أُغلق الفرع { $campus } في { $city }. لم يعد يُنشأ فيه شيء أو يُغيَّر، ولا أحد يعمل باسمه: لم يعد لطاقمه وصول إليه، وسُحبت الدعوات التي كانت تنتظر.

    حسابك باقٍ، وكذلك كل ما أنجزته: من تخرّج ما زال من الخريجين.
campus-reopened =
    أُعيد فتح الفرع { $campus } في { $city } بعد إغلاقه، وطاقمه كما كان.
    .subject = أُعيد فتح الفرع { $campus }

webhook-gone =
    عُطّل الخُطّاف (webhook) الخاص بفرع { $campus } على العنوان

    { $url }

    لأن الخادم أجاب بأنه أُزيل نهائيًا (410). ما يحدث في هذه الأثناء يُحفظ 30 يومًا.
    يمكن حذفه، أو إعطاؤه عنوانًا آخر وتفعيله من جديد:

    { $webhook }
    .subject = عُطّل خُطّاف (webhook) لفرع { $campus }
webhook-failing =
    عُطّل الخُطّاف (webhook) الخاص بفرع { $campus } على العنوان

    { $url }

    لأن الخادم لم يستلم شيئًا منذ خمسة أيام. ما يحدث في هذه الأثناء يُحفظ 30 يومًا.
    يلزم فحص الخادم، ثم تفعيل الخُطّاف من جديد وإرسال ما فاته:

    { $webhook }
    .subject = عُطّل خُطّاف (webhook) لفرع { $campus }

## القبول

application-of = طلبك للالتحاق بدفعة { $cohort } لدى { $campus }
application-submitted =
    شكرًا لك: وصل { application-of }. ويمكن سحبه في أي وقت قبل البتّ فيه.
    .subject = وصل طلبك للالتحاق بدفعة { $cohort }
application-waitlisted =
    وُزّعت كل أماكن دفعة { $cohort } لدى { $campus }، ولك مكان في قائمة الانتظار. إذا شغر مكان وكان دورك التالي، يُعرض عليك فورًا. ويظهر ترتيبك مع طلبك.

    إذا لم ترغب في الانتظار، يُرجى سحب الطلب.
    .subject = لك مكان في قائمة انتظار { $cohort }
application-offered =
    يعرض عليك { $campus } مكانًا في دفعة { $cohort }، التي تبدأ في { $starts }.

    يُرجى قبوله أو الاعتذار عنه حتى { $by }. وبعد ذلك ينتقل المكان إلى من يليك في الدور.
    .subject = مكان في { $cohort } معروض عليك
application-accepted =
    لك مكان في دفعة { $cohort } لدى { $campus }، التي تبدأ في { $starts }. وما يسبق ذلك يظهر مع طلبك.
    .subject = لك مكان في { $cohort }
application-declined =
    اعتذرت عن المكان المعروض عليك في دفعة { $cohort } لدى { $campus }، فينتقل إلى من يليك في الدور.
    .subject = اعتذرت عن المكان في { $cohort }
application-expired =
    لم يصل رد في الوقت المحدد على المكان المعروض عليك في دفعة { $cohort } لدى { $campus }، فانتقل إلى من يليك في الدور. ولا يعني هذا شيئًا عن طلبك. وإن بقيت لديك الرغبة في الالتحاق، فيُرجى مراسلة الفرع.
    .subject = انتهت مدة عرض المكان في { $cohort }
application-rejected =
    شكرًا على تقديمك إلى دفعة { $cohort } لدى { $campus }. ليس لدينا مكان لك هذه المرة، ونرحب بطلبك إلى دفعة أخرى.
    .subject = بشأن طلبك للالتحاق بدفعة { $cohort }
application-withdrawn =
    سحبتَ { application-of }، ولن يُتخذ بشأنه أي إجراء آخر.
    .subject = سُحب طلبك للالتحاق بدفعة { $cohort }
application-interview-booked =
    مقابلتك للالتحاق بدفعة { $cohort } لدى { $campus }: { $when }.

    يظهر مكانها مع الموعد الذي حجزته. وإن تعذّر الحضور، فيُرجى إلغاؤها هناك ليتاح الموعد لغيرك.
    .subject = مقابلتك للالتحاق بدفعة { $cohort }
application-interview-cancelled =
    ألغى { $campus } مقابلتك للالتحاق بدفعة { $cohort }. يُرجى حجز موعد آخر.
    .subject = أُلغيت مقابلتك للالتحاق بدفعة { $cohort }
application-trial-invited =
    يدعوك { $campus } إلى الأسبوع التجريبي لدفعة { $cohort }. وستُعرض الأماكن على من يشارك فيه.

    { $when }

    إذا تعذّر عليك الحضور، تُرجى الكتابة إلى الحرم. وإذا لم تعد ترغب في مكان، يُرجى سحب الطلب.
    .subject = دعوة إلى الأسبوع التجريبي لدفعة { $cohort }
application-panel-joined =
    أُضيف اسمك إلى لجنة قراءة الطلبات المقدَّمة إلى دفعة { $cohort } لدى { $campus }. مهمة اللجنة قراءة كل طلب وإبداء الرأي فيه.

    { see-more }
    .subject = قراءة الطلبات المقدَّمة إلى دفعة { $cohort }
application-deferred =
    نقل { $campus } طلبك من دفعة { $cohort } إلى دفعة { $later }، وسنُعلمك بما يحدث له هناك.
    .subject = نُقل طلبك إلى دفعة { $later }

## Clients

client-step = { $status ->
    [acknowledged] قرأ { $campus } طلب { $client }، وسنُعلمك بكل خطوة تالية. ويمكنك دعوة آخرين من { $client } للاطلاع عليه.
    [invited] يدعو { $campus } جهة { $client } إلى ورشة عمل. يُرجى حجز مكان.
    [workshop_given_up] أُلغي حجز { $client } لورشة العمل لدى { $campus }. يُرجى حجز ورشة أخرى.
    [workshop_booked] حُجزت ورشة العمل لدى { $campus } لجهة { $client }. وإن تعذّر الحضور فيُرجى التخلي عن المكان وحجز ورشة أخرى.
    [agreement_sent] أرسل { $campus } الاتفاق مع { $client }. يُرجى قراءته وتوقيعه، ثم تسجيل أنه وُقّع.
    [agreement_signed] وُقّع الاتفاق بين { $campus } و{ $client }.
    [attended] شكرًا على حضور ورشة العمل لدى { $campus } من أجل { $client }.
    [research_asked] يودّ { $campus } أن يعرف ما يحتاج إليه مستخدمو { $client }. يُرجى إرسال ما هو معروف عنهم أو رابط إليه.
    [research_received] وصل إلى { $campus } ما هو معروف عن مستخدمي { $client }.
    [project] بدأ فريق لدى { $campus } البناء من أجل { $client }.
    [completed] سُلّم منتج { $client }. كيف كانت التجربة؟ يُرجى إخبار { $campus } ببضع كلمات.
    [exit_feedback] شكرًا على إخبار { $campus } بتجربة { $client }.
    [withdrawn] { $by ->
        [staff] لا يمضي { $campus } في طلب { $client }: سُحب الطلب.
       *[owner] سحب أحد مسؤولي المنتج طلب { $client } لدى { $campus }. ولن يجري فيه شيء آخر.
    }
   *[applied] شكرًا. وصل إلى { $campus } طلب { $client }. ويمكن سحبه في أي وقت.
}{ $more }
    .subject = { $status ->
        [acknowledged] قرأ { $campus } طلب { $client }
        [invited] دعوة { $client } إلى ورشة عمل
        [workshop_given_up] يُرجى حجز ورشة أخرى لجهة { $client }
        [workshop_booked] حُجزت ورشة عمل لجهة { $client }
        [agreement_sent] يُرجى توقيع اتفاق { $client }
        [agreement_signed] وُقّع اتفاق { $client }
        [attended] شكرًا على حضور ورشة العمل من أجل { $client }
        [research_asked] ما الذي يحتاج إليه مستخدمو { $client }؟
        [research_received] وصل بحث مستخدمي { $client }
        [project] فريق يبني من أجل { $client }
        [completed] سُلّم منتج { $client }
        [exit_feedback] شكرًا على رأي { $client }
        [withdrawn] سُحب طلب { $client }
       *[applied] وصل طلب { $client }
    }
client-note =
    { $by ->
        [staff] يكتب { $campus }:
       *[owner] يكتب أحد مسؤولي المنتج لدى { $client }:
    }

    { $note }
client-answer =
    للرد يُرجى تسجيل الدخول إلى التطبيق الذي يستخدمه { $campus }. للبرامج، PUT:
    { $href }
client-reminder =
    ينتظر { $campus } خطوة من { $client }: { $status ->
        [agreement_sent] يُرجى قراءة الاتفاق وتأكيد توقيعه.
        [research_asked] يُرجى إرسال ما هو معروف عن المستخدمين.
        [completed] يُرجى القول كيف كانت التجربة.
       *[invited] يُرجى حجز ورشة عمل.
    }{ $status ->
        [completed] { "" }
       *[invited] { " " }وإن لم ترغب في المتابعة فيمكنك الانسحاب.
    }{ $more }
    .subject = ينتظر { $campus } خطوة من { $client }
client-workshop-moved =
    تغيّر موعد ورشة العمل لجهة { $client } لدى { $campus } أو مكانها. وإن تعذّر الحضور فيُرجى التخلي عن المكان وحجز ورشة أخرى.{ $more }
    .subject = تغيّر موعد ورشة { $client } أو مكانها
demo-day =
    { $status ->
        [moved] تغيّر موعد يوم العروض لدفعة { $cohort } لدى { $campus } أو مكانه. وإن تعذّر حضور { $client } فيُرجى إخبارنا.
        [uninvited] انسحبت جهة { $client }، فلم يعد حضورها منتظرًا في يوم العروض لدفعة { $cohort } لدى { $campus } في { $at }.
        [cancelled] أُلغي يوم العروض لدفعة { $cohort } لدى { $campus } الذي كان مقرّرًا في { $at }.
       *[planned] تدعو { $cohort } لدى { $campus } جهة { $client } إلى يوم عروض يُعرض فيه ما بُني. يُرجى إخبارنا إن كنتم ستحضرون.
    }{ $more }
    .subject = { $status ->
        [moved] تغيّر موعد يوم العروض لدفعة { $cohort } أو مكانه
        [uninvited] لم يعد حضور جهة { $client } منتظرًا في يوم العروض
        [cancelled] أُلغي يوم العروض لدفعة { $cohort }
       *[planned] دعوة جهة { $client } إلى يوم عروض
    }
owner-invitation =
    مرحبًا،

    هذه دعوة إليك لمتابعة { $client } لدى { $campus } في { $city }، ضمن مسؤولي المنتج فيها.

    { invitation-code }

    لقبول الدعوة يُرجى تسجيل الدخول إلى التطبيق الذي يستخدمه الفرع بحساب له هذا العنوان، أو فتح حساب، ثم إدخال الرمز هناك.

    { $how }

    { if-you-expected-no-mail }
    .subject = دعوتك من أجل { $client } لدى { $campus }

## Notices

slot-weeks = الأسابيع من { $from } إلى { $to } من { $cohort }
notice-team-published = نُشر فريقك، { slot-week }.
notice-team-published-weeks = نُشر فريقك، { slot-weeks }.
notice-team-changed = تغيّر فريقك { $team }، { slot-week }.
notice-team-changed-weeks = تغيّر فريقك { $team }، { slot-weeks }.
notice-enrolled = أصبح لك مكان في دفعة { $cohort }، وتبدأ في { $starts }.
notice-called-off = أُلغيت دفعة { $cohort } التي كان مقررًا أن تبدأ في { $starts }.
notice-takes-place = ستُقام دفعة { $cohort } رغم ما قيل، وتبدأ في { $starts }.
notice-carers = تغيّر من يقرأ ملاحظات الرعاية في { $campus }.
notice-admitted = أصبحت لك عضوية في { $campus }.
notice-appointed = أصبح لك مكان في طاقم { $campus }، في دور { $role ->
    [organiser] التنظيم
   *[facilitator] التيسير
}.
notice-request = وصل طلب انضمام إلى { $campus }.
notice-allocation = وُزّعت أماكن الإرشاد في { $cohort }.
notice-draw = أُجريت القرعة على أماكن الإرشاد في { $cohort }، ولم يعتمدها الفريق بعد.
    .detail =
        هذه القرعة رقم { $number } في الدفعة. احتفظ برقم التوزيع وبالتعهّد: بهما يمكنك التحقق من القرعة بعد اعتمادها.

        التوزيع:
        { $allocation }
        التعهّد:
        { $commitment }
notice-swap-for-yours = عُرض مكان إرشاد في الأسبوع { $week } من { $cohort } مقابل مكانك.
notice-swap-for-who-waits = عُرض مكان إرشاد في الأسبوع { $week } من { $cohort } تنتظر مثله، ويصبح لك إذا قبلت.
notice-event-moved = تغيّر موعد { $event } في { $cohort }: { $when }.
notice-event-elsewhere = تغيّر مكان { $event } في { $cohort }: { $when }.
notice-event-cancelled = أُلغي { $event } في { $cohort }: { $when }.
notice-event-reinstated = سيُعقد { $event } في { $cohort } رغم الإلغاء: { $when }.
notice-timetable = تغيّر جدول مواعيد { $cohort }.
notice-action = أُسندت إليك متابعة أحد إجراءات { $cohort }.
notice-review-assigned = لدى فريقك مراجعة شيفرة عليه إجراؤها: { slot-week }.
notice-review-taken-over = تولّى فريقك مراجعة شيفرة: { slot-week }.
notice-issue-raised = طُرحت ملاحظة في مراجعة عمل فريقك: { slot-week }.
notice-issue-answered = أُجيب عن ملاحظة في مراجعة شيفرة أجريتموها: { slot-week }.
notice-issue-closed = أُغلقت ملاحظة على عمل فريقك: { slot-week }.
notice-application-withdrawn = سُحب طلب للالتحاق بدفعة { $cohort }.
notice-application-accepted = قُبل مكان في دفعة { $cohort }.
notice-application-declined = اعتُذر عن مكان في دفعة { $cohort }.
notice-offers-expired = انتهت مدة عروض أماكن في دفعة { $cohort }.
notice-intake-opened = فُتح باب التقديم إلى دفعة { $cohort }.
notice-trial-moved = تغيّرت تفاصيل الأسبوع التجريبي لدفعة { $cohort }: من { $from } إلى { $to }. راجع الساعة والمكان مرة أخرى.
notice-trial-removed = لن يُعقد أسبوع تجريبي لدفعة { $cohort }.
notice-interviews-offered = يمكنك حجز مقابلة لدفعة { $cohort }.
notice-interview-booked = حُجزت مقابلة معك لدفعة { $cohort }: { $when }.
notice-interview-given-up = لن تُعقد المقابلة معك لدفعة { $cohort }: { $when }.
notice-due-moved = تغيّر موعد التسليم، { slot-week }: { $when }.
notice-due-removed = لم يعد هناك موعد للتسليم، { slot-week }.
notice-team-due-moved = لفريقك موعد تسليم آخر، { slot-week }: { $when }.
notice-walk-moved = تغيّر موعد المشي، { slot-week }: { $when }.
notice-walk-called-off = أُلغي المشي، { slot-week }: { $when }.
notice-cover-missing = ينقص مرشدون، { slot-week } (يبدأ في { $starts }): { $missing }.
notice-client-step = { $status ->
    [workshop_booked] حجزت جهة لدى { $campus } ورشة عمل.
    [workshop_given_up] تخلّت جهة لدى { $campus } عن ورشة عملها.
    [agreement_signed] وقّعت جهة لدى { $campus } الاتفاق.
    [research_received] أرسلت جهة لدى { $campus } بحث المستخدمين.
    [exit_feedback] أخبرت جهة لدى { $campus } كيف كانت تجربتها.
    [withdrawn] انسحبت جهة لدى { $campus }.
   *[applied] تطلب جهة منتجًا من { $campus }.
}
notice-client-news = { $status ->
    [acknowledged] قرأ { $campus } ما تودّون بناءه.
    [invited] يدعوكم { $campus } إلى ورشة عمل.
    [workshop_given_up] ألغى { $campus } ورشة عملكم. يُرجى حجز ورشة أخرى.
    [workshop_booked] حجز { $campus } ورشة عملكم.
    [agreement_sent] أرسل إليكم { $campus } اتفاقًا لتوقيعه.
    [agreement_signed] سجّل { $campus } أن الاتفاق وُقّع.
    [attended] سجّل { $campus } حضوركم ورشة العمل.
    [research_asked] يسأل { $campus } عمّا يحتاج إليه مستخدموكم.
    [research_received] سجّل { $campus } ما يحتاج إليه مستخدموكم.
    [project] بدأ فريق لدى { $campus } البناء من أجلكم.
    [completed] سلّمكم { $campus } منتجكم.
   *[withdrawn] لا يمضي { $campus } في ما طلبتموه.
}
notice-client-reminder = { $status ->
    [agreement_sent] ينتظر { $campus } توقيعكم على الاتفاق.
    [research_asked] ينتظر { $campus } أن يعرف ما يحتاج إليه مستخدموكم.
    [completed] يودّ { $campus } أن يعرف كيف كانت التجربة.
   *[invited] ينتظر { $campus } أن تحجزوا ورشة عمل.
}
notice-client-shared = { $status ->
    [workshop_booked] حجز مسؤول منتج آخر ورشة عمل لدى { $campus }.
    [workshop_given_up] تخلّى مسؤول منتج آخر عن ورشة عملكم لدى { $campus }.
    [agreement_signed] سجّل مسؤول منتج آخر أن الاتفاق مع { $campus } وُقّع.
    [research_received] أرسل مسؤول منتج آخر بحث مستخدميكم إلى { $campus }.
    [exit_feedback] أخبر مسؤول منتج آخر { $campus } كيف كانت تجربتكم.
   *[withdrawn] سحب مسؤول منتج آخر طلبكم لدى { $campus }.
}
notice-product-vote = تصوّت { $cohort } على المنتجات التي ستبنيها. رتّبوا ما تفضّلونه منها.
notice-products-chosen = اختيرت المنتجات التي تبنيها { $cohort }. رتّبوا ما تودّون بناءه منها.
notice-product-team = أنت في فريق لأحد منتجات { $cohort }.
notice-hand-over-ready = أنجز فريق لدى { $campus } كل ما يلزم لتسليم منتجه.
notice-workshop-moved = غيّر { $campus } موعد ورشة عملكم أو مكانها.
notice-demo-day = { $status ->
    [moved] تغيّر موعد يوم العروض لدفعة { $cohort } أو مكانه.
    [uninvited] انسحبت جهتكم، فلم يعد حضورها منتظرًا في يوم العروض لدفعة { $cohort }.
    [cancelled] أُلغي يوم العروض لدفعة { $cohort }.
   *[planned] تقرّر يوم عروض لدفعة { $cohort }.
}
notice-owner-joined = يتابع مسؤول منتج آخر معكم جهتكم لدى { $campus }.
notice-client-offered = { $status ->
    [withdrawn] لم تعد جهة من فرع آخر معروضة على { $campus }.
   *[made] يعرض فرع آخر على { $campus } إحدى جهاته. يمكن لدفعاتكم أن تبني لها.
}
notice-own-client-offered = { $status ->
    [withdrawn] لم تعد جهتكم معروضة على { $campus }.
   *[made] جهتكم معروضة على { $campus }، ويمكن لطلابه أن يبنوا لكم.
}
notice-brief-request = { $status ->
    [passed_on] أحال فرع آخر إلى { $campus } عملًا مدفوع الأجر ينتظر موافقتكم.
    [withdrawn] سحبت جهة لدى { $campus } عملًا مدفوع الأجر.
   *[submitted] عمل مدفوع الأجر من جهة لدى { $campus } ينتظر موافقتكم.
}
notice-brief-news = { $status ->
    [opened] وافق { $campus } على العمل الذي عرضتموه ويبحث عن أشخاص له.
    [reopened] يبحث { $campus } عن فريق آخر للعمل الذي عرضتموه.
    [staffed] وجد { $campus } فريقًا للعمل الذي عرضتموه.
    [done] سجّل { $campus } ما آل إليه العمل الذي عرضتموه.
    [passed_on] أحال { $campus } العمل الذي عرضتموه إلى فرع آخر.
   *[withdrawn] لا يمضي { $campus } في العمل الذي عرضتموه.
}
notice-brief-team = { $status ->
    [first_refusal] تعرض جهة بنيتم لها منتجًا عملًا مدفوع الأجر لدى { $campus }، ولفريقكم الأولوية فيه.
    [staffed] أنت في فريق عمل مدفوع الأجر لدى { $campus }.
    [left] لم تعد في فريق عمل مدفوع الأجر لدى { $campus }.
    [done] سجّل { $campus } ما آل إليه عمل شاركت فيه.
   *[withdrawn] سُحب عمل لدى { $campus } كنت ستشارك فيه.
}
notice-brief-open = يبحث { $campus } عن خريجين لعمل مدفوع الأجر.
notice-role-submitted = وظيفة لدى جهة توظيف تتعامل مع { $campus } تنتظر موافقتكم.
notice-role-published = نشر { $campus } وظيفتكم.
notice-introduction-asked = يودّ { $campus } أن يعرّفك بجهة توظيف. القرار لك، ولست ملزمًا بالرد.
notice-introduction-refused = فضّل أحدهم ألا يُعرَّف بجهة توظيف لدى { $campus }.
notice-introduction-agreed = وافق أحد خريجي { $campus } على أن يُعرَّف بجهة توظيف من أجل وظيفة.
notice-introduction-withdrawn = سُحب تعريف قام به { $campus }.
notice-introduction-step = { $status ->
    [interview] ستُجرى مقابلة بعد تعريف قام به { $campus }.
    [offer] قُدّم عرض عمل بعد تعريف قام به { $campus }.
    [hired] أدّى تعريف قام به { $campus } إلى التوظيف.
   *[declined] لن تواصل جهة التوظيف بعد تعريف قام به { $campus }.
}

see-more = لمعرفة المزيد يُرجى تسجيل الدخول إلى التطبيق الذي يستخدمه فرعك.
told-at-once =
    { $text }

    { see-more }
    .subject = { $title }
told-daily =
    { $titles }

    { see-more }

    للبرامج، GET:
    { $list }
    .subject = { $count ->
        [zero] { $count } إشعار
        [one] { $title }
        [two] إشعاران
        [few] { $count } إشعارات
        [many] { $count } إشعارًا
       *[other] { $count } إشعار
    }
