// English. One line for each key, by screen; a plural has its forms by `count`.
export const common = {
  "close": "Close",
  "loading": "Loading…",
  "failed.title": "That did not work",
  "failed.again": "Try again",
  "time.both": "{there} (yours: {here})",

  "nav.messages": "Messages",
  "nav.skip": "Skip to content",
  "nav.label": "Main",
  "nav.language": "Language",
  "nav.logout": "Log out",
  "nav.start": "New cohort",

  "entry.email": "E-mail",

  "undo": "Undo",

  "role.scrum_facilitator": "Scrum facilitator",
  "role.ux_lead": "UX lead",
  "role.qa": "QA",
  "role.devops": "DevOps",

  "nav.needs": "What needs me",
  "nav.board": "Teams",
  "nav.met": "Who met whom",

  "field.invalid": "This cannot be read. Look at it again.",

  "problem.offline": "There is no network. Nothing was lost; try again when there is.",
  "problem.unexpected": "Something went wrong here. Load the page again, and tell us if it stays.",

  "save": "Save",
  "seen.asof": "As of {at}",
  "nav.week": "My week",
  "nav.discoveries": "Discoveries",
  "nav.own": "My notes",

  "outbox.title": "Waiting to be sent",
  "outbox.kept": "Saved here. It is sent as soon as there is a network.",
  "outbox.state.waiting": "Waiting",
  "outbox.state.refused": "Refused",
  "outbox.state.saved": "Saved",
  "outbox.leave": "Some of it was not sent",
  "outbox.leave.lead": { one: "{count} thing is still waiting. Logging out deletes it.", other: "{count} things are still waiting. Logging out deletes them." },
  "outbox.stay": "Stay",

  "remove.what": "Remove: {what}",

  "saved": "Saved",
  "more": "Show more",
  "nav.mentoring": "My mentoring",

  "nav.account": "My account",
  "account.copy": "Copy",
  "account.copied": "Copied",
  "account.remove": "Remove",
  "account.until": "Until",

  "search": "Search",
  "nav.campus": "Campus",
  "nav.care": "Pastoral care",
  "campus.cohort": "Cohort",
  "week.number": "Week {week}",
  "week.actions": "Actions",
  "week.action.nobody": "Nobody looks after it",
  "week.action.by": "by {day}",
  "week.action.do": "Done: {what}",
  "week.action.finish": "Done",
  "week.action.done": "Done. Well done.",
  "week.feedback": "Feedback to team mates",
  "week.log": "Progress log",
  "week.manual": "How I work",
  "week.manual.read": "How they work",
  "review.until": "Until {at}",
  "review.status.assigned": "To do",
  "review.status.done": "Done",
  "review.status.abandoned": "Left undone",
  "removed": "It is removed.",

  "came.present": "Here",
  "came.late": "Late",
  "came.absent": "Missing",
  "came.excused": "Excused",

  "nav.apply": "Apply",
  "nav.panels": "Applications to read",
  "nav.clients": "For organisations",
  "nav.employers": "For employers",
  "nav.career": "My career",
  "nav.demos": "Demo days",
  "nav.briefs": "Paid work",
};
