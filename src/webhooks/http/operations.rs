//! The operations of this feature.

use crate::{
    error::Code,
    web::{Operation, Tag, Who, delete, get, patch, post},
};

static TAG: Tag = Tag {
    name: "webhooks",
    about: "Servers of a campus that are told what happens there.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    let mut all = webhooks();
    all.extend(deliveries());
    all
}

fn webhooks() -> Vec<Operation> {
    TAG.operations([
        get("/v1/campuses/{id}/webhooks", "list_webhooks", super::list_webhooks)
            .summary("List the webhooks of a campus")
            .about("All of them, the oldest first, without their secrets. The list is never paged.")
            .who(Who::CampusOrganisers)
            .no_store(),
        post("/v1/campuses/{id}/webhooks", "create_webhook", super::create_webhook)
            .summary("Make a webhook")
            .about(
                "\
                From now on each event of these types is posted to the address, signed with the `secret`, which is in this \
                answer and is not shown again. Only what every organiser of the campus may see is sent. A campus has at most \
                20. `Idempotency-Key` is ignored, because secrets are not kept.",
            )
            .who(Who::CampusOrganisers)
            .takes_session()
            .without_replay()
            .no_store()
            .problems(&[Code::Conflict]),
        get("/v1/webhooks/{id}", "get_webhook", super::get_webhook)
            .summary("Show a webhook")
            .about("Whether it is enabled, and how its receiver has fared.")
            .who(Who::CampusOrganisers)
            .no_store(),
        patch("/v1/webhooks/{id}", "change_webhook", super::change_webhook)
            .summary("Change a webhook")
            .about(
                "\
                Another address or other events count for what happens from then on; what waits goes to the new address. \
                `enabled: false` stops everything: what waits, and what happens meanwhile, is listed as `failed` and can be \
                sent again after `enabled: true`.",
            )
            .who(Who::CampusOrganisers)
            .takes_session()
            .takes_if_match(),
        delete("/v1/webhooks/{id}", "delete_webhook", super::delete_webhook)
            .summary("Delete a webhook")
            .about("Deletes it with the list of its deliveries. Nothing more is sent.")
            .who(Who::CampusOrganisers)
            .takes_if_match()
            .takes_session(),
        post(
            "/v1/webhooks/{id}/secret-rotations",
            "rotate_webhook_secret",
            super::rotate_webhook_secret,
        )
        .summary("Rotate the secret of a webhook")
        .about(
            "\
            Makes a new secret, which is in this answer and is not shown again. For 24 hours the one before signs besides, so \
            that a receiver can change over without missing anything. `Idempotency-Key` is ignored, because secrets are not kept.",
        )
        .who(Who::CampusOrganisers)
        .takes_session()
        .without_replay()
        .no_store(),
    ])
}

fn deliveries() -> Vec<Operation> {
    TAG.operations([
        get(
            "/v1/webhooks/{id}/deliveries",
            "list_webhook_deliveries",
            super::list_webhook_deliveries,
        )
        .summary("List what a webhook was sent")
        .about(
            "\
            The deliveries of the last 30 days, the newest first. Those that were given up are `status=failed`.",
        )
        .who(Who::CampusOrganisers),
        post(
            "/v1/webhooks/{id}/replays",
            "replay_webhook_deliveries",
            super::replay_webhook_deliveries,
        )
        .summary("Send the deliveries of a time again")
        .about(
            "\
            Those of this time that failed, and with `delivered` also those that were taken; each with the id that it had.",
        )
        .who(Who::CampusOrganisers)
        .answers(&[202])
        .problems(&[Code::Conflict]),
        get(
            "/v1/webhook-deliveries/{id}",
            "get_webhook_delivery",
            super::get_webhook_delivery,
        )
        .summary("Show a delivery")
        .about("What has become of one event for one webhook.")
        .who(Who::CampusOrganisers),
        post(
            "/v1/webhook-deliveries/{id}/replays",
            "replay_webhook_delivery",
            super::replay_webhook_delivery,
        )
        .summary("Send a delivery again")
        .about(
            "\
            Sends it as if it were new, with the id that it had; one that waits for its next try is sent at once.",
        )
        .who(Who::CampusOrganisers)
        .answers(&[202])
        .problems(&[Code::Conflict]),
    ])
}
