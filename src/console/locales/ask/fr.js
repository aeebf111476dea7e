// Français. Une ligne par clé, par écran ; un pluriel a ses formes selon `count`.
export const ask = {
  "client.mine": "Vos organisations",
  "client.none": "Vous n’avez pas encore fait de demande pour une organisation. Choisissez un campus ci-dessous.",
  "client.campuses": "Demander un produit",
  "client.campuses.lead": "Les étudiants d’un campus réalisent une première version de ce dont votre organisation a besoin. Choisissez un campus pour voir ses conditions.",
  "client.nocampuses": "Il n’y a pas d’autre campus à solliciter.",
  "client.apply": "Demande de produit",
  "client.apply.lead": { one: "Le campus souhaite que chacun fasse son étape suivante en un jour.", other: "Le campus souhaite que chacun fasse son étape suivante en {count} jours." },
  "client.apply.do": "Envoyer la demande",
  "client.applied": "Votre demande est envoyée.",
  "client.already": "Vous avez déjà une demande auprès de ce campus. La voici.",
  "client.prove": "Confirmez d’abord votre adresse e-mail",
  "client.closed": "Ce campus ne prend pas de demandes d’organisations pour le moment.",
};
