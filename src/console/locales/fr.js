// Français. Une ligne par clé, par écran ; un pluriel a ses formes selon `count`.
export const common = {
  "close": "Fermer",
  "loading": "Chargement…",
  "failed.title": "Cela n’a pas marché",
  "failed.again": "Réessayer",
  "time.both": "{there} (chez vous : {here})",

  "nav.messages": "Messages",
  "nav.skip": "Aller au contenu",
  "nav.label": "Principal",
  "nav.language": "Langue",
  "nav.logout": "Se déconnecter",
  "nav.start": "Nouvelle promotion",

  "entry.email": "E-mail",

  "undo": "Annuler",

  "role.scrum_facilitator": "Facilitation Scrum",
  "role.ux_lead": "Responsable UX",
  "role.qa": "Qualité",
  "role.devops": "DevOps",

  "nav.needs": "Ce qui m’attend",
  "nav.board": "Équipes",
  "nav.met": "Qui a rencontré qui",

  "field.invalid": "Cela ne peut pas être lu. Regardez encore une fois.",

  "problem.offline": "Pas de réseau. Rien n’est perdu ; réessayez quand il y en aura.",
  "problem.unexpected": "Quelque chose s’est mal passé. Rechargez la page, et dites-le-nous si cela reste.",

  "save": "Enregistrer",
  "seen.asof": "État de {at}",
  "nav.week": "Ma semaine",
  "nav.discoveries": "Découvertes",
  "nav.own": "Mes notes",

  "outbox.title": "En attente d’envoi",
  "outbox.kept": "Gardé ici. L’envoi se fera dès qu’il y aura du réseau.",
  "outbox.state.waiting": "En attente",
  "outbox.state.refused": "Refusé",
  "outbox.state.saved": "Enregistré",
  "outbox.leave": "Tout n’est pas envoyé",
  "outbox.leave.lead": { one: "{count} élément attend encore. Vous déconnecter le supprime.", other: "{count} éléments attendent encore. Vous déconnecter les supprime." },
  "outbox.stay": "Rester",

  "remove.what": "Retirer : {what}",

  "saved": "Enregistré",
  "more": "Afficher plus",
  "nav.mentoring": "Mon mentorat",

  "nav.account": "Mon compte",
  "account.copy": "Copier",
  "account.copied": "Copié",
  "account.remove": "Retirer",
  "account.until": "Jusqu’au",

  "search": "Chercher",
  "nav.campus": "Campus",
  "nav.care": "Accompagnement",
  "campus.cohort": "Promotion",
  "week.number": "Semaine {week}",
  "week.actions": "Actions",
  "week.action.nobody": "Personne ne s’en occupe",
  "week.action.by": "d’ici {day}",
  "week.action.do": "Fait : {what}",
  "week.action.finish": "Fait",
  "week.action.done": "C’est fait. Bravo.",
  "week.feedback": "Retours aux coéquipiers",
  "week.log": "Journal de progrès",
  "week.manual": "Comment je travaille",
  "week.manual.read": "Sa façon de travailler",
  "review.until": "Jusqu’à {at}",
  "review.status.assigned": "À faire",
  "review.status.done": "Faite",
  "review.status.abandoned": "Abandonnée",
  "removed": "C’est retiré.",

  "came.present": "Présent",
  "came.late": "En retard",
  "came.absent": "Absent",
  "came.excused": "Excusé",

  "nav.apply": "Candidater",
  "nav.panels": "Candidatures à lire",
  "nav.clients": "Pour les organisations",
  "nav.employers": "Pour les employeurs",
  "nav.career": "Ma carrière",
  "nav.demos": "Journées de démonstration",
  "nav.briefs": "Travail rémunéré",
};
