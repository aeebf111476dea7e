# The letters in English. docs/mail.md says how a text is changed and how a language is added.

## Dates and times

month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
weekday = { $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}
date = { $day } { month } { $year }
moment = { weekday } { $day } { month } { $year }, { $time } ({ $zone })
period = { $from } to { $to }

## Codes

good-until = good once and until { $until }
use-code =
    {"    "}{ $code }

    Give it in the app that your campus uses.

    { $how }
for-programs =
    (For programs: POST { $post }, described at
    { $docs }.)
for-the-console =
    Or give it on this page:
    { $page }
without-the-code = If it was not you, do nothing: without the code nothing happens.

code-registration-known =
    Somebody, probably you, wants to open an account for this address. There is one already: log in to it. If
    you have forgotten the password, ask for a new one where you log in.

    If it was not you, there is nothing to do.
    .subject = You already have an account
code-registration-unproved =
    Somebody, probably you, wants to open an account for this address. There is one already, but nobody has shown that the address is theirs.

    With this code, { good-until }, that account becomes yours: with the password you have chosen now, and
    whoever was logged in to it is logged out.

    { use-code }

    { without-the-code }
    .subject = Your account
code-registration =
    Somebody, probably you, wants to open an account for this address. This code, { good-until },
    opens the account:

    { use-code }

    { without-the-code }
    .subject = Open your account
code-verification =
    With this code, { good-until }, you show that this address is yours. Log in first:

    { use-code }

    If you have no account here, do nothing.
    .subject = Confirm your address
code-password-reset =
    Somebody, probably you, has forgotten the password of the account with this address. With this code,
    { good-until }, you choose a new one:

    { use-code }

    All sessions end then. If it was not you, do nothing: the password stays as it is.
    .subject = A new password
code-email-change =
    An account is to have this address from now on. If that is yours, give this code there, { good-until }:

    { use-code }

    If it is not, do nothing: without the code nothing happens.
    .subject = Confirm your new address
code-email-change-consent =
    Your account is to have another address. If that is what you want, give this code there, { good-until }:

    { use-code }

    If it was not you, do nothing but change your password: somebody else knows it.
    .subject = Agree to another address

## What was done with an account

ask-for-a-new-password = If you know nothing of this, ask for a new password where you log in, and tell the staff of your campus.
ask-for-the-account-back = If you know nothing of this, tell whoever runs this service, or the staff of your campus: they can give the account back to you.

account-password-changed =
    The password of your account was changed, and its other sessions were ended.

    { ask-for-a-new-password }
    .subject = Your password was changed
account-password-reset =
    The password of your account was set anew with a code. All its sessions were ended, and its API tokens, passkeys and sign-ons were removed.

    { ask-for-a-new-password }
    .subject = You have a new password
account-password-reset-factor =
    The password of your account was set anew with a code. All its sessions were ended, and its API tokens, passkeys and sign-ons were removed.

    Logging in still takes a code of the authenticator app that was set up at this time, or a recovery code:
    { $since }

    If it was not you who set it up, or if you have lost both, tell the staff of your campus, or whoever runs this service: they can remove it.

    { ask-for-a-new-password }
    .subject = You have a new password
account-passkey-added =
    You can log in to your account with a new passkey. Your account lists its passkeys, and there you can remove it.

    { ask-for-a-new-password }
    .subject = Your account has a new passkey
account-passkey-removed =
    One of the passkeys of your account was removed. Nobody can log in with it any more.

    { ask-for-a-new-password }
    .subject = A passkey of your account was removed
account-api-token-created =
    A program can act for you with a new API token. Your account lists its tokens, and there you can delete it.

    { ask-for-a-new-password }
    .subject = Your account has a new API token
account-calendar-feed-created =
    A new calendar feed was made for your account: whoever has its address can read your calendar. If it was not you, delete it where your account lists its calendar feeds.

    { ask-for-a-new-password }
    .subject = Your account has a new calendar feed
account-second-factor-added =
    Logging in to your account takes a code of an authenticator app from now on, as well as the password.

    { ask-for-the-account-back }
    .subject = Your account has a second factor
account-second-factor-removed =
    Logging in to your account takes the password alone from now on.

    { ask-for-a-new-password }
    .subject = The second factor of your account was removed
account-email-changed =
    Your account has another address from now on. Mail goes there, and you log in with it.

    { ask-for-the-account-back }
    .subject = Your account has another address
account-merged =
    The account with this address was merged into another one, by somebody who has the passwords of both.

    { ask-for-the-account-back }
    .subject = Your accounts are one now
account-merged-into =
    Another account was merged into yours, by somebody who has the passwords of both. What gets into that one, such as its passkeys, gets into yours from now on; your account lists them, and there you can remove them.

    { ask-for-a-new-password }
    .subject = Another account was merged into yours
account-session-reused =
    A session of your account was ended, because its refresh token was used a second time. That happens when an app loses track of its tokens, or when somebody has stolen them.

    { ask-for-a-new-password }
    .subject = A session was ended

if-it-was-not-you =
    If it was not you, choose a new password, look at the sign-ons of your account, and tell the staff of
    your campus.

sign-on-linked =
    From now on you can log in to your account with { $provider }.

    { if-it-was-not-you }
    .subject = You can log in with { $provider }
sign-on-claim-ended =
    You have logged in with { $provider }, which says that this address is yours. There was an account with it
    already, and whoever opened it had not shown that the address is theirs. So its password no longer
    works, its sessions have ended, and you alone can log in to it, with { $provider }. If it was you who
    opened it, nothing is lost but the password: you can choose a new one.

    { if-it-was-not-you }
    .subject = Your account is yours by { $provider }
sign-on-unlinked =
    Your account at { $provider } no longer logs in to your account here.

    { if-it-was-not-you }
    .subject = You can no longer log in with { $provider }

## Invitations

invitation-code =
    Your invitation is this code, { good-until }:

    {"    "}{ $code }
if-you-expected-no-mail = If you expected no such mail, do nothing: without the code nothing happens.

staff-invitation =
    Hello,

    An organiser of { $campus } in { $city } invites you to its staff, as { $role ->
        [organiser] organiser
       *[facilitator] facilitator
    }.

    { invitation-code }

    To accept, log in to the app that the campus uses with an account that has this address, or open
    one, and give the code there.

    { $how }

    { if-you-expected-no-mail }
    .subject = Your place on the staff of { $campus }

accept-invitation =
    To accept, log in to the app that your campus uses, or open an account with this address, and give
    the code there.
what-the-staff-see =
    its
    staff see you from then on, and the other students know you are one of them.

student-invitation =
    Hello,

    The staff of { $campus } in { $city } offer you a place in { $cohort }, from { $starts } to { $ends }.

    { invitation-code }

    { accept-invitation } Accepting makes you a student of the cohort and a member of the campus: { what-the-staff-see }

    { $how }

    { if-you-expected-no-mail }
    .subject = Your place in { $cohort } at { $campus }
alumni-invitation =
    Hello,

    The staff of { $campus } in { $city } count you among those who graduated from { $cohort }, from { $starts } to { $ends }.

    { invitation-code }

    { accept-invitation } Accepting makes you one of the cohort's alumni, who may mentor others, and a member of the campus: { what-the-staff-see }

    { $how }

    { if-you-expected-no-mail }
    .subject = Your place in { $cohort } at { $campus }

## Mentoring

slot-week = week { $week } of { $cohort }
slot =
    Mentoring ({ $kind }) in { slot-week } at { $campus }
    { $when }
for-you = For you: { $period }
at-place = Place: { $place }
at-link = Link: { $link }
begins-at = Begins: { $at }
confirm-by = Confirm by: { $by }

slot-promoted =
    A place became free and you were next: it is yours now. If you cannot come after all, give it up, so that the next in line gets it.

    { slot }
    .subject = You have a place: { slot-week }
slot-sign-up-cancelled =
    The staff of the campus cancelled your sign-up as a mentor. Ask them if you do not know why.

    { slot }
    .subject = Your sign-up was cancelled: { slot-week }
slot-removed =
    The staff of the campus removed the slot you signed up for. Thank you for having offered to come.

    { slot }
    .subject = No mentors needed after all: { slot-week }
slot-timed-removed =
    { slot-removed }
    .subject = Your mentor slot is cancelled: { $at }, { slot-week }
slot-called-off =
    The cohort you signed up for will not take place, or ends early. Thank you for having offered to come.

    { slot }
    .subject = The cohort was called off: { slot-week }
slot-takes-place =
    The cohort you signed up for had been called off. It takes place after all, and your sign-up counts again. If you cannot come any more, give it up, so that the next in line gets it.

    { slot }
    .subject = The cohort takes place after all: { slot-week }
slot-moved =
    The staff of the campus changed the time of the slot that you signed up for; the new one is below. If you cannot come then, give it up, so that the next in line gets it.

    { slot }
    .subject = New time: { slot-week }
slot-timed-moved =
    { slot-moved }
    .subject = Your mentor slot has a new time: { $at }, { slot-week }
slot-reconfirmation-asked =
    You have a place as a mentor. Please confirm that you still come, or give the place up; unless you do, it goes to the next in line before the slot begins.

    { slot }
    .subject = Do you still come: { slot-week }
slot-place-expired =
    You did not confirm in time that you still come, so your place went to the next in line. If you can come after all, sign up again.

    { slot }
    .subject = Your place has gone: { slot-week }
slot-handed-over =
    The place that you offered has been taken over. You need not come.

    { slot }
    .subject = Somebody took your place: { slot-week }
slot-taken-over =
    You took over a place that another mentor offered, or got it for yours. If you cannot come after all, give it up, so that the next in line gets it.

    { slot }
    .subject = You have a place: { slot-week }
slot-booked =
    A time in office hours is booked. If you cannot come after all, cancel it.

    { slot }
    .subject = A time is booked: { $at }, { slot-week }
slot-booking-cancelled =
    A booked time in office hours was cancelled. You need not come.

    { slot }
    .subject = Your booked office hours are cancelled: { $at }, { slot-week }
slot-booking-moved =
    The time that you booked in office hours has changed; the new one is below. If you cannot come then, cancel it and book another one.

    { slot }
    .subject = New time: { $at }, { slot-week }
slot-booking-handed-over =
    The time that you have booked in office hours stays, with another mentor. If that does not suit you, cancel it.

    { slot }
    .subject = Another mentor: { $at }, { slot-week }
allocation-place =
    You have places as a mentor in these weeks: { $weeks }. The allocation says why. If you cannot come, give the place up, so that the next in line gets it.

    { allocation }
    .subject = You have a place: { $cohort }
allocation-none =
    You could not have any of the slots you wished for. The allocation says why, slot by slot; whoever lost a draw goes first the next time. Other slots may still have room.

    { allocation }
    .subject = No place this time: { $cohort }
allocation =
    Mentoring in { $cohort } at { $campus }
    Allocation: { $allocation }

campus-closed =
    { campus-has-closed }
    .subject = { $campus } has closed
campus-closed-organisers =
    { campus-has-closed }

    As its organiser you can take its data along, or open it again, for { $days } days. For programs:
    GET { $export }
    DELETE { $closing }
    .subject = { $campus } has closed
campus-has-closed =
    { $campus } in { $city } has closed. Nothing is made or changed there any more, and nobody acts for it: its staff have no access any more, and invitations that were waiting are withdrawn.

    Your account stays, and so does what you have done: who graduated is still among the alumni.
campus-reopened =
    { $campus } in { $city }, which had closed, is open again. Its staff are who they were.
    .subject = { $campus } is open again

webhook-gone =
    The webhook of { $campus } at

    { $url }

    is disabled: its receiver answered that it is gone for good (410). What happens meanwhile is kept for 30 days.
    Delete it, or give it another address and enable it again:

    { $webhook }
    .subject = A webhook of { $campus } is disabled
webhook-failing =
    The webhook of { $campus } at

    { $url }

    is disabled: for five days its receiver has taken nothing. What happens meanwhile is kept for 30 days. See to the
    receiver, enable the webhook again, and send what it missed:

    { $webhook }
    .subject = A webhook of { $campus } is disabled

## Admissions

application-of = your application to { $cohort } at { $campus }
application-submitted =
    Thank you: { application-of } has arrived. Until it is decided you can withdraw it at any time.
    .subject = Your application to { $cohort } has arrived
application-waitlisted =
    All places of { $cohort } at { $campus } are given, and you are on the waiting list. If a place becomes free and you are next, it is offered to you at once. Where you stand is shown with your application.

    If you do not want to wait any longer, withdraw the application.
    .subject = You are on the waiting list of { $cohort }
application-offered =
    { $campus } offers you a place in { $cohort }, which begins on { $starts }.

    Please accept or decline it by { $by }. After that the place goes to the next in line.
    .subject = A place in { $cohort } is yours if you want it
application-accepted =
    You have a place in { $cohort } at { $campus }, which begins on { $starts }. What comes before that is shown with your application.
    .subject = You have a place in { $cohort }
application-declined =
    You have declined the place in { $cohort } at { $campus } that you were offered. It goes to the next in line.
    .subject = You declined the place in { $cohort }
application-expired =
    The place in { $cohort } at { $campus } that you were offered was not answered in time, so it goes to the next in line. This says nothing about your application. If you would still like to come, write to the campus.
    .subject = The offer of a place in { $cohort } has run out
application-rejected =
    Thank you for applying to { $cohort } at { $campus }. This time there is no place for you. You are welcome to apply to another cohort.
    .subject = About your application to { $cohort }
application-withdrawn =
    You have withdrawn { application-of }. Nothing more happens with it.
    .subject = You withdrew your application to { $cohort }
application-interview-booked =
    Your interview for { $cohort } at { $campus }: { $when }.

    Where it takes place is shown with the time that you booked. If you cannot come, cancel it there, so that somebody else can have the time.
    .subject = Your interview for { $cohort }
application-interview-cancelled =
    { $campus } has cancelled your interview for { $cohort }. Please book another time.
    .subject = Your interview for { $cohort } is cancelled
application-trial-invited =
    { $campus } invites you to the trial week of { $cohort }. Places will be offered to those who take part.

    { $when }

    If you cannot come, write to the campus. If you do not want a place any more, withdraw the application.
    .subject = You are invited to the trial week of { $cohort }
application-panel-joined =
    { $campus } has put you on the panel that reads the applications to { $cohort }: you read each, and say what you think of it.

    { see-more }
    .subject = You read applications to { $cohort }
application-deferred =
    { $campus } has moved your application from { $cohort } to { $later }. We will tell you what becomes of it there.
    .subject = Your application has been moved to { $later }

## Clients

client-step = { $status ->
    [acknowledged] { $campus } has read the application of { $client }. We will write to you about each next step. If others at { $client } should see it too, you can invite them.
    [invited] { $campus } invites { $client } to a workshop. Please book a place.
    [workshop_given_up] The booking of { $client } for a workshop at { $campus } was cancelled. Please book another workshop.
    [workshop_booked] The workshop at { $campus } is booked for { $client }. If you cannot come after all, give the place up and book another workshop.
    [agreement_sent] { $campus } has sent the agreement with { $client }. Please read and sign it, then mark it as signed.
    [agreement_signed] The agreement between { $campus } and { $client } is signed.
    [attended] Thank you for coming to the workshop at { $campus } for { $client }.
    [research_asked] { $campus } would like to know what the users of { $client } need. Please send what you know about them, or a link to it.
    [research_received] { $campus } has received what you know about the users of { $client }.
    [project] A team at { $campus } has begun to build for { $client }.
    [completed] The product of { $client } has been handed over. How was it? Please tell { $campus } in a few words.
    [exit_feedback] Thank you for telling { $campus } how it was for { $client }.
    [withdrawn] { $by ->
        [staff] { $campus } does not go on with { $client }: the client has been withdrawn.
       *[owner] A product owner of { $client } has withdrawn it at { $campus }. Nothing more happens with it.
    }
   *[applied] Thank you. { $campus } has received the application of { $client }. You can withdraw it at any time.
}{ $more }
    .subject = { $status ->
        [acknowledged] { $campus } has read the application of { $client }
        [invited] { $client } is invited to a workshop
        [workshop_given_up] { $client }: please book another workshop
        [workshop_booked] A workshop is booked for { $client }
        [agreement_sent] { $client }: please sign the agreement
        [agreement_signed] The agreement of { $client } is signed
        [attended] { $client } has been at the workshop
        [research_asked] What do the users of { $client } need?
        [research_received] The user research of { $client } has arrived
        [project] A team builds for { $client }
        [completed] The product of { $client } is handed over
        [exit_feedback] Thank you for the feedback of { $client }
        [withdrawn] { $client } has been withdrawn
       *[applied] The application of { $client } has arrived
    }
client-note =
    { $by ->
        [staff] { $campus } writes:
       *[owner] A product owner of { $client } writes:
    }

    { $note }
client-answer =
    To answer, log in to the app that { $campus } uses. For programs:
    PUT { $href }
client-reminder =
    { $campus } is waiting for { $client }: { $status ->
        [agreement_sent] please read the agreement, and confirm that you sign it.
        [research_asked] please send what you know about your users.
        [completed] please give your feedback.
       *[invited] please book a workshop.
    }{ $status ->
        [completed] { "" }
       *[invited] { " " }If you do not want to go on, you can withdraw.
    }{ $more }
    .subject = { $campus } is waiting for { $client }
client-workshop-moved =
    The workshop of { $client } at { $campus } is at another time or place. If you cannot come, give the place up and book another workshop.{ $more }
    .subject = The workshop of { $client } has moved
demo-day =
    { $status ->
        [moved] The demo day of { $cohort } at { $campus } is at another time or place. If { $client } cannot come after all, please say so.
        [uninvited] { $client } is withdrawn, so it is no longer expected at the demo day of { $cohort } at { $campus } on { $at }.
        [cancelled] The demo day of { $cohort } at { $campus }, planned for { $at }, was cancelled.
       *[planned] { $cohort } at { $campus } invites { $client } to a demo day, on which the students show what they have built. Please say whether you come.
    }{ $more }
    .subject = { $status ->
        [moved] The demo day of { $cohort } has moved
        [uninvited] { $client } is no longer expected at a demo day
        [cancelled] The demo day of { $cohort } was cancelled
       *[planned] { $client } is invited to a demo day
    }
owner-invitation =
    Hello,

    You are invited to look after { $client } at { $campus } in { $city }, as one of its product owners.

    { invitation-code }

    To accept, log in to the app that the campus uses with an account that has this address, or open
    one, and give the code there.

    { $how }

    { if-you-expected-no-mail }
    .subject = { $client } at { $campus }: your invitation

## Notices

slot-weeks = weeks { $from } to { $to } of { $cohort }
notice-team-published = Your team for { slot-week } is published.
notice-team-published-weeks = Your team for { slot-weeks } is published.
notice-team-changed = Your team { $team } for { slot-week } has changed.
notice-team-changed-weeks = Your team { $team } for { slot-weeks } has changed.
notice-enrolled = You are enrolled in { $cohort }, which begins on { $starts }.
notice-called-off = { $cohort }, which was to begin on { $starts }, has been called off.
notice-takes-place = { $cohort } takes place after all; it begins on { $starts }.
notice-carers = Who reads the pastoral notes of { $campus } has changed.
notice-admitted = You are a member of { $campus }.
notice-appointed = You are on the staff of { $campus }, as { $role ->
    [organiser] organiser
   *[facilitator] facilitator
}.
notice-request = Somebody asks to join { $campus }.
notice-allocation = The places for mentors in { $cohort } have been given out.
notice-draw = Places for mentors in { $cohort } were drawn; staff have not confirmed them yet.
    .detail =
        This is draw { $number } of the cohort. Keep its allocation and its commitment: with them you can check the draw once it is confirmed.

        Allocation:
        { $allocation }
        Commitment:
        { $commitment }
notice-swap-for-yours = A place as a mentor in week { $week } of { $cohort } is offered for yours.
notice-swap-for-who-waits = A place as a mentor in week { $week } of { $cohort }, for which you wait, is offered: it is yours if you accept.
notice-event-moved = { $event } of { $cohort } takes place at another time: { $when }.
notice-event-elsewhere = { $event } of { $cohort } takes place elsewhere: { $when }.
notice-event-cancelled = { $event } of { $cohort } is cancelled: { $when }.
notice-event-reinstated = { $event } of { $cohort } takes place after all: { $when }.
notice-timetable = The timetable of { $cohort } has changed.
notice-action = An action of { $cohort } is yours to look after.
notice-review-assigned = Your team has a code review to do, of week { $week } of { $cohort }.
notice-review-taken-over = Your team has taken over a code review of week { $week } of { $cohort }.
notice-issue-raised = An issue was raised in the code review of your team’s work of week { $week } of { $cohort }.
notice-issue-answered = An issue in your code review of week { $week } ({ $cohort }) was answered.
notice-issue-closed = An issue of your team’s work of week { $week } of { $cohort } is closed.
notice-application-withdrawn = An application to { $cohort } was withdrawn.
notice-application-accepted = A place in { $cohort } was accepted.
notice-application-declined = A place in { $cohort } was declined.
notice-offers-expired = Offers of places in { $cohort } have run out.
notice-intake-opened = Applications to { $cohort } are open.
notice-trial-moved = The plan of the trial week of { $cohort } has changed: it is from { $from } to { $to }. Look up its hour and place again.
notice-trial-removed = There will be no trial week of { $cohort }.
notice-interviews-offered = You can book an interview for { $cohort }.
notice-interview-booked = An interview with you for { $cohort } is booked: { $when }.
notice-interview-given-up = The interview with you for { $cohort } does not take place: { $when }.
notice-due-moved = The work of { slot-week } is due at another time: { $when }.
notice-due-removed = The work of { slot-week } has no due time any more.
notice-team-due-moved = Your team has another due time for the work of { slot-week }: { $when }.
notice-walk-moved = The walk in { slot-week } is at another time: { $when }.
notice-walk-called-off = The walk in { slot-week } is called off: { $when }.
notice-cover-missing = Mentors are missing in { slot-week }, which begins on { $starts }: { $missing }.
notice-client-step = { $status ->
    [workshop_booked] A client of { $campus } has booked a workshop.
    [workshop_given_up] A client of { $campus } has given up its workshop.
    [agreement_signed] A client of { $campus } has signed the agreement.
    [research_received] A client of { $campus } has sent its user research.
    [exit_feedback] A client of { $campus } has given feedback.
    [withdrawn] A client of { $campus } has withdrawn.
   *[applied] An organisation asks { $campus } for a product.
}
notice-client-news = { $status ->
    [acknowledged] { $campus } has read what you would like to have built.
    [invited] { $campus } invites you to a workshop.
    [workshop_given_up] { $campus } has cancelled your workshop. Please book another one.
    [workshop_booked] { $campus } has booked your workshop.
    [agreement_sent] { $campus } has sent you an agreement to sign.
    [agreement_signed] { $campus } has noted that the agreement is signed.
    [attended] { $campus } has noted that you were at the workshop.
    [research_asked] { $campus } asks what your users need.
    [research_received] { $campus } has noted what your users need.
    [project] A team at { $campus } has begun to build for you.
    [completed] { $campus } has handed your product over.
   *[withdrawn] { $campus } does not go on with what you asked for.
}
notice-client-reminder = { $status ->
    [agreement_sent] { $campus } is waiting for you to sign the agreement.
    [research_asked] { $campus } is waiting to hear what your users need.
    [completed] { $campus } would like to hear how it was.
   *[invited] { $campus } is waiting for you to book a workshop.
}
notice-client-shared = { $status ->
    [workshop_booked] Another product owner has booked a workshop at { $campus }.
    [workshop_given_up] Another product owner has given up your workshop at { $campus }.
    [agreement_signed] Another product owner has marked the agreement with { $campus } as signed.
    [research_received] Another product owner has sent your user research to { $campus }.
    [exit_feedback] Another product owner has given feedback to { $campus }.
   *[withdrawn] Another product owner has withdrawn your organisation at { $campus }.
}
notice-product-vote = { $cohort } votes on the products that it builds. Rank those that you find best.
notice-products-chosen = The products that { $cohort } builds are chosen. Rank those that you would like to build.
notice-product-team = You are in a team for one of the products of { $cohort }.
notice-hand-over-ready = A team of { $campus } has done all that belongs to handing its product over.
notice-workshop-moved = { $campus } has moved your workshop to another time or place.
notice-demo-day = { $status ->
    [moved] { $cohort } has moved its demo day to another time or place.
    [uninvited] Your organisation is withdrawn, so it is no longer expected at the demo day of { $cohort }.
    [cancelled] { $cohort } has cancelled its demo day.
   *[planned] { $cohort } has planned a demo day.
}
notice-owner-joined = Another product owner looks after your organisation at { $campus } with you.
notice-client-offered = { $status ->
    [withdrawn] A client of another campus is no longer offered to { $campus }.
   *[made] Another campus offers { $campus } one of its clients. Your cohorts can build for it.
}
notice-own-client-offered = { $status ->
    [withdrawn] Your organisation is no longer offered to { $campus }.
   *[made] Your organisation is offered to { $campus }, whose students can build for you.
}
notice-brief-request = { $status ->
    [passed_on] Another campus has passed a brief for paid work on to { $campus }, which is waiting for your approval.
    [withdrawn] A client of { $campus } has withdrawn a brief for paid work.
   *[submitted] A client’s brief for paid work at { $campus } is waiting for your approval.
}
notice-brief-news = { $status ->
    [opened] { $campus } has approved your brief and is looking for people.
    [reopened] { $campus } is looking for another team for your brief.
    [staffed] { $campus } has found a team for your brief.
    [done] { $campus } has noted what became of your brief.
    [passed_on] { $campus } has passed your brief on to another campus.
   *[withdrawn] { $campus } does not go on with your brief.
}
notice-brief-team = { $status ->
    [first_refusal] An organisation for which you built a product offers paid work at { $campus }. Your team can have it first.
    [staffed] You are in the team for a brief of { $campus }.
    [left] You are no longer in the team for a brief of { $campus }.
    [done] { $campus } has noted what became of a brief that you worked on.
   *[withdrawn] A brief of { $campus } that you were to work on is withdrawn.
}
notice-brief-open = { $campus } is looking for graduates for paid work.
notice-role-submitted = An employer’s role at { $campus } is waiting for your approval.
notice-role-published = { $campus } has published your role.
notice-introduction-asked = { $campus } would like to introduce you to an employer. You decide, and you need not answer.
notice-introduction-refused = Somebody would rather not be introduced to an employer of { $campus }.
notice-introduction-agreed = A graduate of { $campus } agrees to be introduced for a role.
notice-introduction-withdrawn = An introduction by { $campus } has been withdrawn.
notice-introduction-step = { $status ->
    [interview] There is to be an interview after an introduction by { $campus }.
    [offer] An offer was made after an introduction by { $campus }.
    [hired] An introduction by { $campus } has led to a job.
   *[declined] The employer does not go on with an introduction by { $campus }.
}

see-more = Log in to the app that your campus uses to see more.
told-at-once =
    { $text }

    { see-more }
    .subject = { $title }
told-daily =
    { $titles }

    { see-more } (For programs: GET { $list })
    .subject = { $count ->
        [one] { $title }
       *[other] { $count } notices
    }
