// עברית. שורה לכל מפתח, לפי מסך; לרבים צורות לפי `count`.
export const common = {
  "close": "סגירה",
  "loading": "בטעינה…",
  "failed.title": "זה לא הצליח",
  "failed.again": "לנסות שוב",
  "time.both": "{there} (אצלך: {here})",

  "nav.messages": "הודעות",
  "nav.skip": "אל התוכן",
  "nav.label": "ראשי",
  "nav.language": "שפה",
  "nav.logout": "יציאה",
  "nav.start": "מחזור חדש",

  "entry.email": "דואר אלקטרוני",

  "undo": "ביטול",

  "role.scrum_facilitator": "מנחה סקראם",
  "role.ux_lead": "אחראי חוויית משתמש",
  "role.qa": "בקרת איכות",
  "role.devops": "תפעול",

  "nav.needs": "מה מחכה לי",
  "nav.board": "צוותים",
  "nav.met": "מי פגש את מי",

  "field.invalid": "אי אפשר לקרוא את זה. כדאי לבדוק שוב.",

  "problem.offline": "אין רשת. דבר לא אבד; אפשר לנסות שוב כשתהיה.",
  "problem.unexpected": "משהו השתבש כאן. נא לטעון את הדף מחדש, ולספר לנו אם זה נמשך.",

  "save": "שמירה",
  "seen.asof": "נכון ל־{at}",
  "nav.week": "השבוע שלי",
  "nav.discoveries": "תגליות",
  "nav.own": "הרשימות שלי",

  "outbox.title": "ממתין לשליחה",
  "outbox.kept": "נשמר כאן, ויישלח ברגע שתהיה רשת.",
  "outbox.state.waiting": "ממתין",
  "outbox.state.refused": "נדחה",
  "outbox.state.saved": "נשמר",
  "outbox.leave": "חלק עוד לא נשלח",
  "outbox.leave.lead": { one: "דבר אחד עוד ממתין, והיציאה תמחק אותו.", two: "שני דברים עוד ממתינים, והיציאה תמחק אותם.", other: "{count} דברים עוד ממתינים, והיציאה תמחק אותם." },
  "outbox.stay": "להישאר",

  "remove.what": "להסיר: {what}",

  "saved": "נשמר",
  "more": "להציג עוד",
  "nav.mentoring": "החניכה שלי",

  "nav.account": "החשבון שלי",
  "account.copy": "העתקה",
  "account.copied": "הועתק",
  "account.remove": "להסיר",
  "account.until": "עד",

  "search": "חיפוש",
  "nav.campus": "קמפוס",
  "nav.care": "ליווי אישי",
  "campus.cohort": "מחזור",
  "week.number": "שבוע {week}",
  "week.actions": "משימות",
  "week.action.nobody": "אף אחד לא אחראי",
  "week.action.by": "עד {day}",
  "week.action.do": "בוצע: {what}",
  "week.action.finish": "בוצע",
  "week.action.done": "בוצע. כל הכבוד.",
  "week.feedback": "משוב לחברי הצוות",
  "week.log": "יומן התקדמות",
  "week.manual": "איך נוח לי לעבוד",
  "week.manual.read": "איך עובדים איתם",
  "review.until": "עד {at}",
  "review.status.assigned": "לביצוע",
  "review.status.done": "בוצעה",
  "review.status.abandoned": "ננטשה",
  "removed": "הוסר.",

  "came.present": "כאן",
  "came.late": "באיחור",
  "came.absent": "חסר",
  "came.excused": "מוצדק",

  "nav.apply": "הגשת מועמדות",
  "nav.panels": "מועמדויות לקריאה",
  "nav.clients": "לארגונים",
  "nav.employers": "למעסיקים",
  "nav.career": "הקריירה שלי",
  "nav.demos": "ימי הצגה",
  "nav.briefs": "עבודה בתשלום",
};
