# The letters in French. docs/mail.md says how a text is changed and how a language is added.

## Dates and times

month = { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
}
weekday = { $weekday ->
    [1] lundi
    [2] mardi
    [3] mercredi
    [4] jeudi
    [5] vendredi
    [6] samedi
   *[7] dimanche
}
date = { $day ->
    [1] 1er
   *[other] { $day }
} { month } { $year }
moment = { weekday } { date } à { $time } ({ $zone })
period = du { $from } au { $to }

## Codes

good-until = valable une seule fois et jusqu’au { $until }
use-code =
    {"    "}{ $code }

    Saisissez-le dans l’application qu’utilise votre campus.

    { $how }
for-programs = (Pour les programmes : POST { $post }, voir { $docs }.)
for-the-console =
    Ou saisissez-le sur cette page :
    { $page }
without-the-code = Si ce n’était pas vous, ne faites rien : sans le code, il ne se passe rien.

code-registration-known =
    Quelqu’un, sans doute vous, veut ouvrir un compte pour cette adresse. Il en existe déjà un : connectez-vous. Si vous avez oublié le mot de passe, demandez-en un nouveau sur la page de connexion.

    Si ce n’était pas vous, il n’y a rien à faire.
    .subject = Vous avez déjà un compte
code-registration-unproved =
    Quelqu’un, sans doute vous, veut ouvrir un compte pour cette adresse. Il en existe déjà un, mais personne n’a montré que l’adresse lui appartient.

    Avec ce code, { good-until }, ce compte devient le vôtre : avec le mot de passe que vous venez de choisir. Toute autre personne qui y était connectée est déconnectée.

    { use-code }

    { without-the-code }
    .subject = Votre compte
code-registration =
    Quelqu’un, sans doute vous, veut ouvrir un compte pour cette adresse. Ce code, { good-until }, ouvre le compte :

    { use-code }

    { without-the-code }
    .subject = Ouvrez votre compte
code-verification =
    Avec ce code, { good-until }, vous montrez que cette adresse est la vôtre. Connectez-vous d’abord :

    { use-code }

    Si vous n’avez pas de compte ici, ne faites rien.
    .subject = Confirmez votre adresse
code-password-reset =
    Quelqu’un, sans doute vous, a oublié le mot de passe du compte qui a cette adresse. Avec ce code, { good-until }, vous en choisissez un nouveau :

    { use-code }

    Toutes les sessions prennent alors fin. Si ce n’était pas vous, ne faites rien : le mot de passe reste le même.
    .subject = Un nouveau mot de passe
code-email-change =
    Un compte doit désormais avoir cette adresse. S’il s’agit du vôtre, saisissez-y ce code, { good-until } :

    { use-code }

    Sinon, ne faites rien : sans le code, il ne se passe rien.
    .subject = Confirmez votre nouvelle adresse
code-email-change-consent =
    Votre compte doit changer d’adresse. Si c’est ce que vous voulez, saisissez-y ce code, { good-until } :

    { use-code }

    Si ce n’était pas vous, n’utilisez pas le code et changez votre mot de passe : quelqu’un d’autre le connaît.
    .subject = Acceptez le changement d’adresse

## What was done with an account

ask-for-a-new-password = Si vous n’êtes au courant de rien, demandez un nouveau mot de passe sur la page de connexion et prévenez l’équipe de votre campus.
ask-for-the-account-back = Si vous n’êtes au courant de rien, prévenez la personne qui gère ce service ou l’équipe de votre campus : elles peuvent vous rendre le compte.

account-password-changed =
    Le mot de passe de votre compte a été changé, et ses autres sessions ont pris fin.

    { ask-for-a-new-password }
    .subject = Votre mot de passe a été changé
account-password-reset =
    Un nouveau mot de passe a été choisi pour votre compte, à l’aide d’un code. Toutes ses sessions ont pris fin, et ses jetons d’API, ses clés d’accès et ses connexions par d’autres comptes ont été supprimés.

    { ask-for-a-new-password }
    .subject = Vous avez un nouveau mot de passe
account-password-reset-factor =
    Un nouveau mot de passe a été choisi pour votre compte, à l’aide d’un code. Toutes ses sessions ont pris fin, et ses jetons d’API, ses clés d’accès et ses connexions par d’autres comptes ont été supprimés.

    Pour se connecter, il faut toujours un code de secours ou un code de l’application d’authentification qui a été installée à ce moment :
    { $since }

    Si ce n’est pas vous qui l’avez installée, ou si vous avez perdu les deux, dites-le à l’équipe de votre campus ou à la personne qui gère ce service : elles peuvent la retirer.

    { ask-for-a-new-password }
    .subject = Vous avez un nouveau mot de passe
account-passkey-added =
    Vous pouvez vous connecter à votre compte avec une nouvelle clé d’accès. Votre compte affiche la liste de ses clés d’accès, et vous pouvez l’y supprimer.

    { ask-for-a-new-password }
    .subject = Votre compte a une nouvelle clé d’accès
account-passkey-removed =
    Une des clés d’accès de votre compte a été supprimée. Plus personne ne peut se connecter avec elle.

    { ask-for-a-new-password }
    .subject = Une clé d’accès de votre compte a été supprimée
account-api-token-created =
    Un programme peut agir en votre nom avec un nouveau jeton d’API. Votre compte affiche la liste de ses jetons, et vous pouvez l’y supprimer.

    { ask-for-a-new-password }
    .subject = Votre compte a un nouveau jeton d’API
account-calendar-feed-created =
    Un nouveau flux d’agenda a été créé pour votre compte : qui en a l’adresse peut lire votre agenda. Si ce n’était pas vous, supprimez-le là où votre compte affiche la liste de ses flux d’agenda.

    { ask-for-a-new-password }
    .subject = Votre compte a un nouveau flux d’agenda
account-second-factor-added =
    Pour se connecter à votre compte, il faut désormais un code d’une application d’authentification, en plus du mot de passe.

    { ask-for-the-account-back }
    .subject = Votre compte a un second facteur
account-second-factor-removed =
    Pour se connecter à votre compte, le mot de passe seul suffit désormais.

    { ask-for-a-new-password }
    .subject = Le second facteur de votre compte a été retiré
account-email-changed =
    Votre compte a désormais une autre adresse. Les messages y sont envoyés, et c’est avec elle que vous vous connectez.

    { ask-for-the-account-back }
    .subject = Votre compte a une autre adresse
account-merged =
    Le compte qui avait cette adresse a été fusionné avec un autre, par quelqu’un qui a les mots de passe des deux.

    { ask-for-the-account-back }
    .subject = Vos comptes n’en font plus qu’un
account-merged-into =
    Un autre compte a été fusionné avec le vôtre, par quelqu’un qui a les mots de passe des deux. Ce qui ouvrait l’autre compte, comme ses clés d’accès, ouvre désormais le vôtre ; votre compte en affiche la liste, et vous pouvez les y supprimer.

    { ask-for-a-new-password }
    .subject = Un autre compte a été fusionné avec le vôtre
account-session-reused =
    Une session de votre compte a pris fin, parce que son jeton de renouvellement a servi une seconde fois. Cela arrive quand une application perd le fil de ses jetons, ou quand quelqu’un les a volés.

    { ask-for-a-new-password }
    .subject = Une session a pris fin

if-it-was-not-you = Si ce n’était pas vous, choisissez un nouveau mot de passe, vérifiez avec quels autres comptes le vôtre s’ouvre et prévenez l’équipe de votre campus.

sign-on-linked =
    Vous pouvez désormais vous connecter à votre compte avec { $provider }.

    { if-it-was-not-you }
    .subject = Vous pouvez vous connecter avec { $provider }
sign-on-claim-ended =
    Vous venez de vous connecter avec { $provider }, qui indique que cette adresse est la vôtre. Il existait déjà un compte à cette adresse, et la personne qui l’avait ouvert n’avait pas montré qu’elle lui appartient. Son mot de passe ne vaut donc plus, ses sessions ont pris fin, et personne d’autre que vous ne peut s’y connecter, avec { $provider }. Si c’est vous qui l’aviez ouvert, rien n’est perdu, sauf le mot de passe : vous pouvez en choisir un nouveau.

    { if-it-was-not-you }
    .subject = Votre compte est à vous grâce à { $provider }
sign-on-unlinked =
    Votre compte chez { $provider } ne permet plus de vous connecter à votre compte ici.

    { if-it-was-not-you }
    .subject = Vous ne pouvez plus vous connecter avec { $provider }

## Invitations

invitation-code =
    Votre invitation est ce code, { good-until } :

    {"    "}{ $code }
if-you-expected-no-mail = Si vous n’attendiez pas ce message, ne faites rien : sans le code, il ne se passe rien.

staff-invitation =
    Bonjour,

    L’organisation du campus { $campus } ({ $city }) vous invite à rejoindre son équipe, pour { $role ->
        [organiser] l’organisation
       *[facilitator] l’animation
    }.

    { invitation-code }

    Pour accepter, connectez-vous à l’application qu’utilise le campus avec un compte qui a cette adresse, ou ouvrez-en un, et saisissez-y le code.

    { $how }

    { if-you-expected-no-mail }
    .subject = Votre place dans l’équipe du campus { $campus }

accept-invitation = Pour accepter, connectez-vous à l’application qu’utilise votre campus, ou ouvrez un compte avec cette adresse, et saisissez-y le code.
what-the-staff-see = son équipe vous voit désormais, et les autres élèves savent que vous êtes des leurs.

student-invitation =
    Bonjour,

    L’équipe du campus { $campus } ({ $city }) vous propose une place dans la promotion { $cohort }, du { $starts } au { $ends }.

    { invitation-code }

    { accept-invitation } Accepter vous inscrit parmi les élèves de la promotion et les membres du campus : { what-the-staff-see }

    { $how }

    { if-you-expected-no-mail }
    .subject = Votre place dans la promotion { $cohort } du campus { $campus }
alumni-invitation =
    Bonjour,

    L’équipe du campus { $campus } ({ $city }) vous compte parmi les diplômés de la promotion { $cohort }, du { $starts } au { $ends }.

    { invitation-code }

    { accept-invitation } Accepter vous inscrit parmi les anciens de la promotion, qui peuvent être mentors, et parmi les membres du campus : { what-the-staff-see }

    { $how }

    { if-you-expected-no-mail }
    .subject = Votre place dans la promotion { $cohort } du campus { $campus }

## Mentoring

slot-week = semaine { $week } de la promotion { $cohort }
slot =
    Mentorat ({ $kind ->
        [project] projet
        [role] rôle
        [pastoral] écoute
        [employment] recherche d’emploi
       *[week] semaine
    }), { slot-week }, campus { $campus }
    { $when }
for-you = À votre heure : { $period }
at-place = Lieu : { $place }
at-link = Lien : { $link }
begins-at = Début : { $at }
confirm-by = À confirmer avant : { $by }

slot-promoted =
    Une place s’est libérée et c’était votre tour : elle est à vous. Si vous ne pouvez finalement pas venir, renoncez-y, pour qu’elle aille à la personne suivante.

    { slot }
    .subject = Vous avez une place : { slot-week }
slot-sign-up-cancelled =
    L’équipe du campus a annulé votre inscription comme mentor. Demandez-lui pourquoi si vous ne le savez pas.

    { slot }
    .subject = Votre inscription a été annulée : { slot-week }
slot-removed =
    L’équipe du campus a supprimé le créneau que vous aviez choisi. Merci d’avoir proposé de venir.

    { slot }
    .subject = Finalement, pas besoin de mentors : { slot-week }
slot-timed-removed =
    { slot-removed }
    .subject = Votre créneau de mentorat est annulé : { $at }, { slot-week }
slot-called-off =
    La promotion où vous aviez une place de mentor n’aura pas lieu, ou s’arrête plus tôt. Merci d’avoir proposé de venir.

    { slot }
    .subject = La promotion est annulée : { slot-week }
slot-takes-place =
    La promotion où vous aviez une place de mentor avait été annulée. Elle a lieu malgré tout, et votre inscription compte de nouveau. Si vous ne pouvez plus venir, renoncez à la place, pour qu’elle aille à la personne suivante.

    { slot }
    .subject = La promotion a lieu malgré tout : { slot-week }
slot-moved =
    L’équipe du campus a changé l’heure du créneau que vous avez choisi ; la nouvelle est ci-dessous. Si vous ne pouvez pas venir alors, renoncez à la place, pour qu’elle aille à la personne suivante.

    { slot }
    .subject = Nouvelle heure : { slot-week }
slot-timed-moved =
    { slot-moved }
    .subject = Votre créneau de mentorat a une nouvelle heure : { $at }, { slot-week }
slot-reconfirmation-asked =
    Vous avez une place comme mentor. Confirmez que vous venez toujours, ou renoncez à la place ; sinon, elle ira à la personne suivante avant le début du créneau.

    { slot }
    .subject = Venez-vous toujours ? { slot-week }
slot-place-expired =
    Vous n’avez pas confirmé à temps que vous venez toujours : votre place est donc allée à la personne suivante. Si vous pouvez venir malgré tout, inscrivez-vous de nouveau.

    { slot }
    .subject = Votre place est partie : { slot-week }
slot-handed-over =
    La place que vous proposiez a été reprise. Vous n’avez pas besoin de venir.

    { slot }
    .subject = Quelqu’un a pris votre place : { slot-week }
slot-taken-over =
    Vous avez repris une place que proposait un autre mentor, ou l’avez reçue en échange de la vôtre. Si vous ne pouvez finalement pas venir, renoncez-y, pour qu’elle aille à la personne suivante.

    { slot }
    .subject = Vous avez une place : { slot-week }
slot-booked =
    Une heure de permanence est réservée. Si finalement vous ne pouvez pas venir, annulez-la.

    { slot }
    .subject = Une heure est réservée : { $at }, { slot-week }
slot-booking-cancelled =
    Une heure de permanence qui était réservée ne l’est plus. Vous n’avez pas besoin de venir.

    { slot }
    .subject = Votre heure de permanence réservée est annulée : { $at }, { slot-week }
slot-booking-moved =
    L’heure de permanence que vous avez réservée a changé ; la nouvelle est ci-dessous. Si vous ne pouvez pas venir alors, annulez-la et réservez-en une autre.

    { slot }
    .subject = Nouvelle heure : { $at }, { slot-week }
slot-booking-handed-over =
    L’heure de permanence que vous avez réservée est maintenue, avec un autre mentor. Si cela ne vous convient pas, annulez-la.

    { slot }
    .subject = Autre mentor : { $at }, { slot-week }
allocation-place =
    Vous avez des places comme mentor ces semaines : { $weeks }. La répartition dit pourquoi. Si vous ne pouvez pas venir, renoncez à la place, pour qu’elle aille à la personne suivante.

    { allocation }
    .subject = Vous avez une place : { $cohort }
allocation-none =
    Vous n’avez pu recevoir aucun des créneaux que vous souhaitiez. La répartition dit pourquoi, créneau par créneau ; qui a perdu à un tirage au sort passe en premier la fois suivante. D’autres créneaux ont peut-être encore de la place.

    { allocation }
    .subject = Pas de place cette fois : { $cohort }
allocation =
    Mentorat de la promotion { $cohort }, campus { $campus }
    Répartition : { $allocation }

campus-closed =
    { campus-has-closed }
    .subject = Le campus { $campus } a fermé
campus-closed-organisers =
    { campus-has-closed }

    Comme vous l’organisez, vous pouvez emporter ses données, ou le rouvrir, pendant { $days } jours. Pour les programmes :
    GET { $export }
    DELETE { $closing }
    .subject = Le campus { $campus } a fermé
campus-has-closed =
    Le campus { $campus } ({ $city }) a fermé. Plus rien n’y est créé ni modifié, et personne n’agit plus pour lui : son équipe n’y a plus accès, et les invitations en attente sont retirées.

    Votre compte reste, et ce que vous avez fait aussi : les diplômés font toujours partie des anciens.
campus-reopened =
    Le campus { $campus } ({ $city }), qui avait fermé, a rouvert. Son équipe est la même qu’avant.
    .subject = Le campus { $campus } a rouvert

webhook-gone =
    Le webhook du campus { $campus } à l’adresse

    { $url }

    est désactivé : son destinataire a répondu qu’il n’existe plus (410). Ce qui se passe entre-temps est conservé 30 jours. Supprimez-le, ou donnez-lui une autre adresse et réactivez-le :

    { $webhook }
    .subject = Un webhook du campus { $campus } est désactivé
webhook-failing =
    Le webhook du campus { $campus } à l’adresse

    { $url }

    est désactivé : depuis cinq jours, son destinataire n’a rien accepté. Ce qui se passe entre-temps est conservé 30 jours. Réparez le destinataire, réactivez le webhook et renvoyez ce qu’il a manqué :

    { $webhook }
    .subject = Un webhook du campus { $campus } est désactivé

## Admissions

application-of = votre candidature à la promotion { $cohort } du campus { $campus }
application-submitted =
    Merci : { application-of } est bien arrivée. Tant qu’elle n’est pas décidée, vous pouvez la retirer à tout moment.
    .subject = Votre candidature à la promotion { $cohort } est arrivée
application-waitlisted =
    Toutes les places de la promotion { $cohort } du campus { $campus } sont données, et vous êtes sur la liste d’attente. Si une place se libère et que c’est votre tour, elle vous est proposée aussitôt. Votre rang est affiché avec votre candidature.

    Si vous ne voulez plus attendre, retirez la candidature.
    .subject = Vous êtes sur la liste d’attente de la promotion { $cohort }
application-offered =
    Le campus { $campus } vous propose une place dans la promotion { $cohort }, qui commence le { $starts }.

    Acceptez-la ou refusez-la avant le { $by }. Ensuite, elle va à la personne suivante.
    .subject = Une place dans la promotion { $cohort } est à vous si vous la voulez
application-accepted =
    Vous avez une place dans la promotion { $cohort } du campus { $campus }, qui commence le { $starts }. Ce qui vient avant est affiché avec votre candidature.
    .subject = Vous avez une place dans la promotion { $cohort }
application-declined =
    Vous ne prenez pas la place qui vous était proposée dans la promotion { $cohort } du campus { $campus }. Elle va à la personne suivante.
    .subject = Vous avez refusé la place dans la promotion { $cohort }
application-expired =
    Vous n’avez pas répondu à temps pour la place qui vous était proposée dans la promotion { $cohort } du campus { $campus } ; elle va donc à la personne suivante. Cela ne dit rien de votre candidature. Si vous souhaitez toujours venir, écrivez au campus.
    .subject = L’offre d’une place dans la promotion { $cohort } a expiré
application-rejected =
    Merci d’avoir postulé à la promotion { $cohort } du campus { $campus }. Cette fois, il n’y a pas de place pour vous. Vous pouvez volontiers postuler à une autre promotion.
    .subject = À propos de votre candidature à la promotion { $cohort }
application-withdrawn =
    Vous avez retiré { application-of }. Elle n’a pas d’autre suite.
    .subject = Vous avez retiré votre candidature à la promotion { $cohort }
application-interview-booked =
    Votre entretien pour la promotion { $cohort } du campus { $campus } : { $when }.

    Le lieu est affiché avec l’heure que vous avez réservée. Si vous ne pouvez pas venir, annulez-la là, pour que quelqu’un d’autre puisse la prendre.
    .subject = Votre entretien pour la promotion { $cohort }
application-interview-cancelled =
    Le campus { $campus } a annulé votre entretien pour la promotion { $cohort }. Réservez une autre heure.
    .subject = Votre entretien pour la promotion { $cohort } est annulé
application-trial-invited =
    Le campus { $campus } vous invite à la semaine d’essai de la promotion { $cohort }. Les places seront proposées aux personnes qui y participent.

    { $when }

    Si vous ne pouvez pas venir, écrivez au campus. Si vous ne voulez plus de place, retirez votre candidature.
    .subject = Invitation à la semaine d’essai de la promotion { $cohort }
application-panel-joined =
    Vous faites partie du comité de lecture de la promotion { $cohort } du campus { $campus } : vous lisez chaque candidature et donnez votre avis.

    { see-more }
    .subject = Vous lisez les candidatures à la promotion { $cohort }
application-deferred =
    Le campus { $campus } a reporté votre candidature de la promotion { $cohort } à la promotion { $later }. Nous vous dirons la suite au fur et à mesure.
    .subject = Votre candidature est reportée à la promotion { $later }

## Clients

client-step = { $status ->
    [acknowledged] Le campus { $campus } a lu la demande de { $client }. Nous vous dirons la suite au fur et à mesure. Si d’autres personnes de { $client } doivent y avoir accès, vous pouvez les inviter.
    [invited] Le campus { $campus } invite { $client } à un atelier. Merci de réserver une place.
    [workshop_given_up] La réservation de { $client } pour un atelier du campus { $campus } est annulée. Merci de réserver un autre atelier.
    [workshop_booked] L’atelier du campus { $campus } est réservé pour { $client }. Si vous ne pouvez finalement pas venir, renoncez à la place et réservez un autre atelier.
    [agreement_sent] Le campus { $campus } a envoyé la convention avec { $client }. Merci de la lire et de la signer, puis d’indiquer qu’elle est signée.
    [agreement_signed] La convention entre le campus { $campus } et { $client } est signée.
    [attended] Merci d’avoir participé à l’atelier du campus { $campus } pour { $client }.
    [research_asked] Le campus { $campus } aimerait savoir ce dont ont besoin les utilisateurs de { $client }. Merci d’envoyer ce que vous savez d’eux, ou un lien vers ces informations.
    [research_received] Le campus { $campus } a bien reçu ce que vous savez des utilisateurs de { $client }.
    [project] Une équipe du campus { $campus } travaille désormais pour { $client }.
    [completed] Le produit de { $client } est livré. Comment cela s’est-il passé ? Merci de le dire en quelques mots au campus { $campus }.
    [exit_feedback] Merci d’avoir dit au campus { $campus } comment cela s’est passé pour { $client }.
    [withdrawn] { $by ->
        [staff] Le campus { $campus } ne donne pas suite à la demande de { $client } : elle est retirée.
       *[owner] Un responsable de produit a retiré { $client } au campus { $campus }. La demande s’arrête là.
    }
   *[applied] Merci. Le campus { $campus } a bien reçu la demande de { $client }. Vous pouvez la retirer à tout moment.
}{ $more }
    .subject = { $status ->
        [acknowledged] Le campus { $campus } a lu la demande de { $client }
        [invited] { $client } : invitation à un atelier
        [workshop_given_up] { $client } : merci de réserver un autre atelier
        [workshop_booked] Un atelier est réservé pour { $client }
        [agreement_sent] { $client } : merci de signer la convention
        [agreement_signed] La convention de { $client } est signée
        [attended] { $client } a participé à l’atelier
        [research_asked] De quoi ont besoin les utilisateurs de { $client } ?
        [research_received] La recherche utilisateurs de { $client } est arrivée
        [project] Une équipe travaille pour { $client }
        [completed] Le produit de { $client } est livré
        [exit_feedback] Merci pour le retour de { $client }
        [withdrawn] La demande de { $client } est retirée
       *[applied] La demande de { $client } est bien arrivée
    }
client-note =
    { $by ->
        [staff] Le campus { $campus } écrit :
       *[owner] Un responsable de produit de { $client } écrit :
    }

    { $note }
client-answer =
    Pour répondre, connectez-vous à l’application qu’utilise le campus { $campus }. Pour les programmes :
    PUT { $href }
client-reminder =
    Le campus { $campus } attend votre réponse pour { $client } : { $status ->
        [agreement_sent] merci de lire la convention et de confirmer que vous la signez.
        [research_asked] merci d’envoyer ce que vous savez de vos utilisateurs.
        [completed] merci de dire comment cela s’est passé.
       *[invited] merci de réserver un atelier.
    }{ $status ->
        [completed] { "" }
       *[invited] { " " }Si vous ne souhaitez pas continuer, vous pouvez vous retirer.
    }{ $more }
    .subject = Le campus { $campus } attend votre réponse pour { $client }
client-workshop-moved =
    L’atelier de { $client } au campus { $campus } a lieu à une autre heure ou à un autre endroit. Si vous ne pouvez pas venir, renoncez à la place et réservez un autre atelier.{ $more }
    .subject = L’atelier de { $client } est déplacé
demo-day =
    { $status ->
        [moved] La journée de démonstration de { $cohort } au campus { $campus } a lieu à une autre heure ou à un autre endroit. Si { $client } ne peut finalement pas venir, merci de le dire.
        [uninvited] { $client } s’est retiré : sa venue à la journée de démonstration de { $cohort } au campus { $campus }, le { $at }, n’est plus attendue.
        [cancelled] La journée de démonstration de { $cohort } au campus { $campus }, prévue pour { $at }, est annulée.
       *[planned] { $cohort }, au campus { $campus }, invite { $client } à une journée de démonstration, où l’on montre ce qui a été réalisé. Merci de dire si vous venez.
    }{ $more }
    .subject = { $status ->
        [moved] La journée de démonstration de { $cohort } est déplacée
        [uninvited] { $client } n’est plus attendu à une journée de démonstration
        [cancelled] La journée de démonstration de { $cohort } est annulée
       *[planned] Une journée de démonstration pour { $client }
    }
owner-invitation =
    Bonjour,

    Le campus { $campus }, à { $city }, vous invite à suivre { $client } en tant que responsable du produit.

    { invitation-code }

    Pour accepter, connectez-vous à l’application qu’utilise le campus avec un compte qui a cette adresse, ou ouvrez-en un, et saisissez-y le code.

    { $how }

    { if-you-expected-no-mail }
    .subject = Invitation pour { $client } au campus { $campus }

## Notices

slot-weeks = semaines { $from } à { $to } de la promotion { $cohort }
notice-team-published = Votre équipe est publiée : { slot-week }.
notice-team-published-weeks = Votre équipe est publiée : { slot-weeks }.
notice-team-changed = Votre équipe { $team } a changé : { slot-week }.
notice-team-changed-weeks = Votre équipe { $team } a changé : { slot-weeks }.
notice-enrolled = Vous faites partie de la promotion { $cohort }, qui commence le { $starts }.
notice-called-off = La promotion { $cohort }, qui devait commencer le { $starts }, est annulée.
notice-takes-place = La promotion { $cohort } a finalement lieu ; elle commence le { $starts }.
notice-carers = Les personnes qui lisent les notes d’accompagnement du campus { $campus } ont changé.
notice-admitted = Vous êtes membre du campus { $campus }.
notice-appointed = Vous faites partie de l’équipe du campus { $campus }, pour { $role ->
    [organiser] l’organisation
   *[facilitator] l’animation
}.
notice-request = Quelqu’un demande à rejoindre le campus { $campus }.
notice-allocation = Les places de mentors de la promotion { $cohort } ont été réparties.
notice-draw = Les places de mentors de la promotion { $cohort } ont été tirées au sort ; l’équipe ne les a pas encore confirmées.
    .detail =
        C’est le tirage { $number } de la promotion. Gardez la répartition et l’engagement : ils vous permettent de vérifier le tirage une fois qu’il est confirmé.

        Répartition :
        { $allocation }
        Engagement :
        { $commitment }
notice-swap-for-yours = Une place de mentor en semaine { $week } de la promotion { $cohort } est proposée contre la vôtre.
notice-swap-for-who-waits = Une place de mentor en semaine { $week } de la promotion { $cohort }, que vous attendez, est proposée : elle est à vous si vous acceptez.
notice-event-moved = { $event } de la promotion { $cohort } a lieu à une autre heure : { $when }.
notice-event-elsewhere = { $event } de la promotion { $cohort } a lieu ailleurs : { $when }.
notice-event-cancelled = { $event } de la promotion { $cohort } est annulé : { $when }.
notice-event-reinstated = { $event } de la promotion { $cohort } a lieu malgré tout : { $when }.
notice-timetable = L’emploi du temps de la promotion { $cohort } a changé.
notice-action = Une action de la promotion { $cohort } est désormais la vôtre.
notice-review-assigned = Votre équipe a une revue de code à faire, de la semaine { $week } de la promotion { $cohort }.
notice-review-taken-over = Votre équipe a repris une revue de code de la semaine { $week } de la promotion { $cohort }.
notice-issue-raised = Un point a été soulevé dans la revue de code du travail de votre équipe, semaine { $week } de la promotion { $cohort }.
notice-issue-answered = Un point d’une revue de code que vous avez faite a reçu une réponse, semaine { $week } de la promotion { $cohort }.
notice-issue-closed = Un point du travail de votre équipe, semaine { $week } de la promotion { $cohort }, est clos.
notice-application-withdrawn = Une candidature à la promotion { $cohort } a été retirée.
notice-application-accepted = Une place dans la promotion { $cohort } a été acceptée.
notice-application-declined = Une place dans la promotion { $cohort } a été refusée.
notice-offers-expired = Des offres de places dans la promotion { $cohort } ont expiré.
notice-intake-opened = Les candidatures à la promotion { $cohort } sont ouvertes.
notice-trial-moved = Le programme de la semaine d’essai de la promotion { $cohort } a changé : elle a lieu du { $from } au { $to }. Vérifiez de nouveau l’heure et le lieu.
notice-trial-removed = Il n’y aura pas de semaine d’essai pour la promotion { $cohort }.
notice-interviews-offered = Vous pouvez réserver un entretien pour la promotion { $cohort }.
notice-interview-booked = Un entretien avec vous pour la promotion { $cohort } est réservé : { $when }.
notice-interview-given-up = L’entretien avec vous pour la promotion { $cohort } n’aura pas lieu : { $when }.
notice-due-moved = Le travail de la { slot-week } est à rendre à une autre heure : { $when }.
notice-due-removed = Le travail de la { slot-week } n’a plus d’heure limite.
notice-team-due-moved = Votre équipe a une autre heure limite pour le travail de la { slot-week } : { $when }.
notice-walk-moved = La promenade de la { slot-week } a lieu à une autre heure : { $when }.
notice-walk-called-off = La promenade de la { slot-week } est annulée : { $when }.
notice-cover-missing = Il manque des mentors pour la { slot-week }, qui commence le { $starts } : { $missing }.
notice-client-step = { $status ->
    [workshop_booked] Un client du campus { $campus } a réservé un atelier.
    [workshop_given_up] Un client du campus { $campus } renonce à son atelier.
    [agreement_signed] Un client du campus { $campus } a signé la convention.
    [research_received] Un client du campus { $campus } a envoyé ce qu’il sait de ses utilisateurs.
    [exit_feedback] Un client du campus { $campus } dit comment cela s’est passé.
    [withdrawn] Un client du campus { $campus } se retire.
   *[applied] Une organisation demande un produit au campus { $campus }.
}
notice-client-news = { $status ->
    [acknowledged] Le campus { $campus } a lu ce que vous souhaitez faire réaliser.
    [invited] Le campus { $campus } vous invite à un atelier.
    [workshop_given_up] Le campus { $campus } a annulé votre atelier. Merci d’en réserver un autre.
    [workshop_booked] Le campus { $campus } a réservé votre atelier.
    [agreement_sent] Le campus { $campus } vous a envoyé une convention à signer.
    [agreement_signed] Le campus { $campus } a noté que la convention est signée.
    [attended] Le campus { $campus } a noté que vous avez participé à l’atelier.
    [research_asked] Le campus { $campus } demande ce dont vos utilisateurs ont besoin.
    [research_received] Le campus { $campus } a noté ce dont vos utilisateurs ont besoin.
    [project] Une équipe du campus { $campus } a commencé à travailler pour vous.
    [completed] Le campus { $campus } vous a remis votre produit.
   *[withdrawn] Le campus { $campus } ne donne pas suite à votre demande.
}
notice-client-reminder = { $status ->
    [agreement_sent] Le campus { $campus } attend que vous signiez la convention.
    [research_asked] Le campus { $campus } attend de savoir ce dont vos utilisateurs ont besoin.
    [completed] Le campus { $campus } aimerait savoir comment cela s’est passé.
   *[invited] Le campus { $campus } attend que vous réserviez un atelier.
}
notice-client-shared = { $status ->
    [workshop_booked] Un autre responsable de produit a réservé un atelier au campus { $campus }.
    [workshop_given_up] Un autre responsable de produit renonce à votre atelier au campus { $campus }.
    [agreement_signed] Un autre responsable de produit a indiqué que la convention avec le campus { $campus } est signée.
    [research_received] Un autre responsable de produit a envoyé au campus { $campus } ce que vous savez de vos utilisateurs.
    [exit_feedback] Un autre responsable de produit a dit au campus { $campus } comment cela s’est passé.
   *[withdrawn] Un autre responsable de produit a retiré votre organisation au campus { $campus }.
}
notice-product-vote = { $cohort } vote pour les produits à réaliser. Classez ceux que vous préférez.
notice-products-chosen = Les produits de { $cohort } sont choisis. Classez ceux que vous aimeriez réaliser.
notice-product-team = Vous faites partie d’une équipe pour un produit de { $cohort }.
notice-hand-over-ready = Une équipe du campus { $campus } a terminé tout ce qu’il faut pour remettre son produit.
notice-workshop-moved = Le campus { $campus } a déplacé votre atelier à une autre heure ou à un autre endroit.
notice-demo-day = { $status ->
    [moved] La journée de démonstration de { $cohort } a lieu à une autre heure ou à un autre endroit.
    [uninvited] Votre organisation s’est retirée : elle n’est plus attendue à la journée de démonstration de { $cohort }.
    [cancelled] La journée de démonstration de { $cohort } est annulée.
   *[planned] Une journée de démonstration de { $cohort } est prévue.
}
notice-owner-joined = Un autre responsable de produit suit désormais votre organisation au campus { $campus } avec vous.
notice-client-offered = { $status ->
    [withdrawn] Une organisation d’un autre campus n’est plus proposée au campus { $campus }.
   *[made] Un autre campus propose une de ses organisations au campus { $campus }. Vos promotions peuvent réaliser son produit.
}
notice-own-client-offered = { $status ->
    [withdrawn] Votre organisation n’est plus proposée au campus { $campus }.
   *[made] Votre organisation est proposée au campus { $campus }, dont les étudiants peuvent réaliser votre produit.
}
notice-brief-request = { $status ->
    [passed_on] Un autre campus a transmis au campus { $campus } une mission rémunérée, qui attend votre approbation.
    [withdrawn] Un client du campus { $campus } a retiré une mission rémunérée.
   *[submitted] Une mission rémunérée d’un client du campus { $campus } attend votre approbation.
}
notice-brief-news = { $status ->
    [opened] Le campus { $campus } a approuvé votre mission et cherche des personnes.
    [reopened] Le campus { $campus } cherche une autre équipe pour votre mission.
    [staffed] Le campus { $campus } a trouvé une équipe pour votre mission.
    [done] Le campus { $campus } a noté ce que votre mission est devenue.
    [passed_on] Le campus { $campus } a transmis votre mission à un autre campus.
   *[withdrawn] Le campus { $campus } ne donne pas suite à votre mission.
}
notice-brief-team = { $status ->
    [first_refusal] Une organisation pour laquelle vous avez réalisé un produit propose un travail rémunéré au campus { $campus }. Votre équipe passe en premier.
    [staffed] Vous faites partie de l’équipe d’une mission du campus { $campus }.
    [left] Vous ne faites plus partie de l’équipe d’une mission du campus { $campus }.
    [done] Le campus { $campus } a noté ce qu’est devenue une mission à laquelle vous avez travaillé.
   *[withdrawn] Une mission du campus { $campus } à laquelle vous deviez travailler est retirée.
}
notice-brief-open = Le campus { $campus } cherche des diplômés pour un travail rémunéré.
notice-role-submitted = Un poste proposé par un employeur du campus { $campus } attend votre approbation.
notice-role-published = Le campus { $campus } a publié votre poste.
notice-introduction-asked = Le campus { $campus } souhaite vous présenter à un employeur. À vous de décider ; rien ne vous oblige à répondre.
notice-introduction-refused = Quelqu’un préfère ne pas être présenté à un employeur du campus { $campus }.
notice-introduction-agreed = Un ancien étudiant du campus { $campus } accepte d’être présenté pour un poste.
notice-introduction-withdrawn = Une mise en relation par le campus { $campus } a été retirée.
notice-introduction-step = { $status ->
    [interview] Un entretien est prévu après une mise en relation par le campus { $campus }.
    [offer] Une offre a été faite après une mise en relation par le campus { $campus }.
    [hired] Une mise en relation par le campus { $campus } a mené à une embauche.
   *[declined] L’employeur ne donne pas suite à une mise en relation par le campus { $campus }.
}

see-more = Connectez-vous à l’application qu’utilise votre campus pour en voir plus.
told-at-once =
    { $text }

    { see-more }
    .subject = { $title }
told-daily =
    { $titles }

    { see-more } (Pour les programmes : GET { $list })
    .subject = { $count ->
        [one] { $title }
       *[other] { $count } avis
    }
