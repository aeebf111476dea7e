// العربية. سطر لكل مفتاح بحسب الشاشة؛ وللجمع صيغه بحسب `count`.
export const common = {
  "close": "إغلاق",
  "loading": "جارٍ التحميل…",
  "failed.title": "لم ينجح ذلك",
  "failed.again": "حاول مرة أخرى",
  "time.both": "{there} (بتوقيتك: {here})",

  "nav.messages": "رسائل",
  "nav.skip": "إلى المحتوى",
  "nav.label": "الرئيسية",
  "nav.language": "اللغة",
  "nav.logout": "تسجيل الخروج",
  "nav.start": "دفعة جديدة",

  "entry.email": "البريد الإلكتروني",

  "undo": "تراجع",

  "role.scrum_facilitator": "ميسّر سكرم",
  "role.ux_lead": "مسؤول تجربة المستخدم",
  "role.qa": "ضمان الجودة",
  "role.devops": "التشغيل والنشر",

  "nav.needs": "ما يحتاجني",
  "nav.board": "الفرق",
  "nav.met": "من عمل مع من",

  "field.invalid": "لا يمكن قراءة هذا. انظر فيه مرة أخرى.",

  "problem.offline": "لا توجد شبكة. لم يضع شيء؛ حاول حين تعود.",
  "problem.unexpected": "حدث خطأ ما هنا. أعد تحميل الصفحة، وأخبرنا إن بقي.",

  "save": "حفظ",
  "seen.asof": "كما كان في {at}",
  "nav.week": "أسبوعي",
  "nav.discoveries": "اكتشافات",
  "nav.own": "ملاحظاتي",

  "outbox.title": "في انتظار الإرسال",
  "outbox.kept": "حُفظ هنا، وسيُرسل حالما تتوفر الشبكة.",
  "outbox.state.waiting": "ينتظر",
  "outbox.state.refused": "مرفوض",
  "outbox.state.saved": "محفوظ",
  "outbox.leave": "بعضه لم يُرسل بعد",
  "outbox.leave.lead": { one: "شيء واحد ما زال ينتظر، والخروج يحذفه.", two: "شيئان ما زالا ينتظران، والخروج يحذفهما.", few: "{count} أشياء ما زالت تنتظر، والخروج يحذفها.", many: "{count} شيئًا ما زال ينتظر، والخروج يحذفها.", other: "{count} شيء ما زال ينتظر، والخروج يحذفها." },
  "outbox.stay": "البقاء",

  "remove.what": "حذف: {what}",

  "saved": "تم الحفظ",
  "more": "عرض المزيد",
  "nav.mentoring": "إرشادي",

  "nav.account": "حسابي",
  "account.copy": "نسخ",
  "account.copied": "تم النسخ",
  "account.remove": "إزالة",
  "account.until": "حتى",

  "search": "بحث",
  "nav.campus": "الحرم",
  "nav.care": "الرعاية",
  "campus.cohort": "الدفعة",
  "week.number": "الأسبوع {week}",
  "week.actions": "مهام",
  "week.action.nobody": "لا أحد يتولاها",
  "week.action.by": "حتى {day}",
  "week.action.do": "أُنجزت: {what}",
  "week.action.finish": "أُنجزت",
  "week.action.done": "أُنجزت. أحسنتم.",
  "week.feedback": "ملاحظات لزملاء الفريق",
  "week.log": "سجل التقدم",
  "week.manual": "كيف أعمل",
  "week.manual.read": "كيف يعمل",
  "review.until": "حتى {at}",
  "review.status.assigned": "لم تتم بعد",
  "review.status.done": "تمّت",
  "review.status.abandoned": "تُركت",
  "removed": "حُذف.",

  "came.present": "حاضر",
  "came.late": "متأخر",
  "came.absent": "غائب",
  "came.excused": "معذور",

  "nav.apply": "التقديم",
  "nav.panels": "طلبات للقراءة",
  "nav.clients": "للجهات",
  "nav.employers": "لجهات التوظيف",
  "nav.career": "مسيرتي المهنية",
  "nav.demos": "أيام العرض",
  "nav.briefs": "أعمال مدفوعة",
};
