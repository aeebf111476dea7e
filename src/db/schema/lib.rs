//! The tables as diesel sees them. A test compares this file with both migrated databases.
#![expect(missing_docs, reason = "tables and columns are explained in the migrations")]

diesel::table! {
    id_nodes (id) {
        id -> Integer,
        next -> Integer,
    }
}

diesel::table! {
    people (id) {
        id -> BigInt,
        email -> Nullable<Text>,
        name -> Text,
        github -> Nullable<Text>,
        password_hash -> Nullable<Text>,
        is_admin -> Bool,
        disabled_at -> Nullable<Timestamp>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        email_verified_at -> Nullable<Timestamp>,
        time_zone -> Nullable<Text>,
        erased_at -> Nullable<Timestamp>,
        language -> Nullable<Text>,
        email_audience -> Text,
        github_audience -> Text,
        time_zone_audience -> Text,
    }
}

diesel::table! {
    banned_addresses (address_hash) {
        address_hash -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    sessions (id) {
        id -> BigInt,
        person_id -> BigInt,
        created_at -> Timestamp,
        last_used_at -> Timestamp,
        expires_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        name -> Text,
        version -> BigInt,
        both_factors -> Bool,
    }
}

diesel::table! {
    refresh_tokens (id) {
        id -> BigInt,
        session_id -> BigInt,
        token_hash -> Text,
        created_at -> Timestamp,
        spent_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    passkeys (id) {
        id -> BigInt,
        person_id -> BigInt,
        credential_id -> Text,
        user_handle -> Text,
        public_key -> Text,
        sign_count -> BigInt,
        name -> Text,
        version -> BigInt,
        created_at -> Timestamp,
        last_used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    passkey_challenges (id) {
        id -> BigInt,
        challenge_hash -> Text,
        person_id -> Nullable<BigInt>,
        created_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    sign_ons (id) {
        id -> BigInt,
        person_id -> BigInt,
        provider -> Text,
        subject -> Text,
        email -> Nullable<Text>,
        created_at -> Timestamp,
        last_used_at -> Timestamp,
    }
}

diesel::table! {
    sign_on_attempts (id) {
        id -> BigInt,
        secret_hash -> Text,
        provider -> Text,
        return_to -> Text,
        person_id -> Nullable<BigInt>,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        subject -> Nullable<Text>,
        email -> Nullable<Text>,
    }
}

diesel::table! {
    campuses (id) {
        id -> BigInt,
        slug -> Text,
        name -> Text,
        city -> Text,
        country -> Text,
        time_zone -> Text,
        work_week -> Text,
        approves_members -> Bool,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        approved_at -> Nullable<Timestamp>,
        require_second_factor -> Bool,
        language -> Nullable<Text>,
        closed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    campus_alumni_sources (campus_id, source_id) {
        campus_id -> BigInt,
        source_id -> BigInt,
    }
}

diesel::table! {
    campus_members (campus_id, person_id) {
        campus_id -> BigInt,
        person_id -> BigInt,
        status -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    campus_staff (campus_id, person_id) {
        campus_id -> BigInt,
        person_id -> BigInt,
        role -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    campus_removals (campus_id, person_id) {
        campus_id -> BigInt,
        person_id -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    campus_days_off (campus_id, day) {
        campus_id -> BigInt,
        day -> Date,
        name -> Text,
    }
}

diesel::table! {
    programmes (id) {
        id -> BigInt,
        campus_id -> Nullable<BigInt>,
        slug -> Text,
        name -> Text,
        description -> Nullable<Text>,
        roles -> Text,
        forked_from -> Nullable<BigInt>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    programme_weeks (programme_id, number) {
        programme_id -> BigInt,
        number -> Integer,
        phase -> Text,
        topic -> Text,
        project_title -> Nullable<Text>,
        project_brief -> Nullable<Text>,
        project_outcomes -> Nullable<Text>,
        project_is_open -> Bool,
        project_question -> Nullable<Text>,
    }
}

diesel::table! {
    cohorts (id) {
        id -> BigInt,
        campus_id -> BigInt,
        programme_id -> BigInt,
        slug -> Text,
        name -> Text,
        status -> Text,
        starts_on -> Date,
        ends_on -> Date,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        previous_status -> Text,
        status_changed_at -> Timestamp,
    }
}

diesel::table! {
    projects (id) {
        id -> BigInt,
        cohort_id -> BigInt,
        title -> Text,
        brief -> Text,
        outcomes -> Text,
        repository_name -> Nullable<Text>,
        due_at -> Nullable<Timestamp>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        due_local -> Nullable<Timestamp>,
        is_open -> Bool,
        question -> Nullable<Text>,
    }
}

diesel::table! {
    weeks (cohort_id, number) {
        id -> BigInt,
        cohort_id -> BigInt,
        number -> Integer,
        phase -> Text,
        topic -> Text,
        starts_on -> Date,
        ends_on -> Date,
        project_id -> Nullable<BigInt>,
        version -> BigInt,
        gap_told_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    enrolments (cohort_id, person_id) {
        cohort_id -> BigInt,
        person_id -> BigInt,
        status -> Text,
        experience -> Nullable<Integer>,
        attributes -> Text,
        joined_on -> Date,
        left_on -> Nullable<Date>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        entered_as -> Nullable<Text>,
        claimed_id -> Nullable<BigInt>,
        claimed_name -> Nullable<Text>,
        told_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    claim_links (id) {
        id -> BigInt,
        cohort_id -> BigInt,
        person_id -> BigInt,
        token_hash -> Text,
        made_by -> Nullable<BigInt>,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    invitations (id) {
        id -> BigInt,
        cohort_id -> BigInt,
        email -> Text,
        name -> Text,
        experience -> Nullable<Integer>,
        attributes -> Text,
        joined_on -> Nullable<Date>,
        token_hash -> Text,
        status -> Text,
        invited_by -> Nullable<BigInt>,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        accepted_by -> Nullable<BigInt>,
        graduated -> Bool,
        place_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    absences (cohort_id, week_number, person_id) {
        cohort_id -> BigInt,
        week_number -> Integer,
        person_id -> BigInt,
        reason -> Nullable<Text>,
        noted_by -> Nullable<BigInt>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    pair_rules (id) {
        id -> BigInt,
        cohort_id -> BigInt,
        kind -> Text,
        person_a -> BigInt,
        person_b -> BigInt,
        from_week -> Nullable<Integer>,
        to_week -> Nullable<Integer>,
        created_by -> Nullable<BigInt>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    team_plans (id) {
        id -> BigInt,
        cohort_id -> BigInt,
        from_week -> Integer,
        to_week -> Integer,
        seed -> BigInt,
        request -> Text,
        report -> Text,
        created_by -> Nullable<BigInt>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        planned_along -> Text,
    }
}

diesel::table! {
    rounds (id) {
        id -> BigInt,
        plan_id -> BigInt,
        cohort_id -> BigInt,
        first_week -> Integer,
        last_week -> Integer,
        published_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    published_weeks (cohort_id, week_number) {
        cohort_id -> BigInt,
        week_number -> Integer,
        round_id -> BigInt,
    }
}

diesel::table! {
    teams (id) {
        id -> BigInt,
        round_id -> BigInt,
        position -> Integer,
        name -> Text,
        repository_url -> Nullable<Text>,
        deployed_url -> Nullable<Text>,
        version -> BigInt,
    }
}

diesel::table! {
    team_members (round_id, person_id) {
        round_id -> BigInt,
        person_id -> BigInt,
        team_id -> BigInt,
        role -> Nullable<Text>,
        position -> Integer,
    }
}

diesel::table! {
    team_repairs (id) {
        id -> BigInt,
        round_id -> BigInt,
        reason -> Text,
        before -> Text,
        after -> Text,
        made_by -> Nullable<BigInt>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    plan_versions (plan_id, version) {
        plan_id -> BigInt,
        version -> BigInt,
        act -> Nullable<Text>,
        weeks -> Text,
        restored -> Nullable<BigInt>,
        seed -> BigInt,
        planned_along -> Nullable<Text>,
        made_by -> Nullable<BigInt>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    plan_version_seats (plan_id, version, round_id, person_id) {
        plan_id -> BigInt,
        version -> BigInt,
        round_id -> BigInt,
        team_id -> BigInt,
        team_name -> Text,
        team_position -> Integer,
        person_id -> BigInt,
        role -> Nullable<Text>,
        position -> Integer,
    }
}

diesel::table! {
    jobs (id) {
        id -> BigInt,
        version -> BigInt,
        kind -> Text,
        status -> Text,
        campus_id -> BigInt,
        cohort_id -> BigInt,
        request -> Text,
        target -> Text,
        request_id -> Text,
        progress -> Nullable<Text>,
        result -> Nullable<Text>,
        problem -> Nullable<Text>,
        created_by -> Nullable<BigInt>,
        created_at -> Timestamp,
        started_at -> Nullable<Timestamp>,
        finished_at -> Nullable<Timestamp>,
        lease -> Nullable<BigInt>,
        lease_until -> Nullable<Timestamp>,
        attempts -> Integer,
        both_factors -> Bool,
    }
}

diesel::table! {
    trade_offs (plan_id) {
        plan_id -> BigInt,
        plan_version -> BigInt,
        points -> Text,
        stopped_early -> Bool,
        computed_at -> Timestamp,
    }
}

diesel::table! {
    api_tokens (id) {
        id -> BigInt,
        person_id -> BigInt,
        name -> Text,
        token_hash -> Text,
        scopes -> Text,
        created_at -> Timestamp,
        expires_on -> Date,
        last_used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    installation_secrets (key_id) {
        key_id -> Text,
        wrapped -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    second_factors (person_id) {
        person_id -> BigInt,
        secret -> Text,
        created_at -> Timestamp,
        confirmed_at -> Nullable<Timestamp>,
        last_step -> BigInt,
        wrong_codes -> Integer,
        wrong_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    recovery_codes (person_id, code_hash) {
        person_id -> BigInt,
        code_hash -> Text,
    }
}

diesel::table! {
    staff_invitations (id) {
        id -> BigInt,
        campus_id -> BigInt,
        email -> Text,
        role -> Text,
        token_hash -> Text,
        status -> Text,
        invited_by -> Nullable<BigInt>,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        accepted_by -> Nullable<BigInt>,
    }
}

diesel::table! {
    login_tries (key, minute) {
        key -> Text,
        minute -> BigInt,
        tries -> BigInt,
    }
}

diesel::table! {
    mailed_codes (id) {
        id -> BigInt,
        purpose -> Text,
        code_hash -> Text,
        email -> Text,
        person_id -> Nullable<BigInt>,
        name -> Nullable<Text>,
        password_hash -> Nullable<Text>,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        confirmed_at -> Nullable<Timestamp>,
        voided_at -> Nullable<Timestamp>,
        campus_id -> Nullable<BigInt>,
        language -> Nullable<Text>,
    }
}

diesel::table! {
    mentor_slots (id) {
        id -> BigInt,
        cohort_id -> BigInt,
        week_number -> Integer,
        kind -> Text,
        min_mentors -> Integer,
        capacity -> Integer,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        part_of_week -> Nullable<Text>,
        place -> Nullable<Text>,
        url -> Nullable<Text>,
        mentor_role -> Nullable<Text>,
        priority_until -> Nullable<Timestamp>,
        reconfirm_days -> Nullable<Integer>,
        starts_local -> Nullable<Timestamp>,
        ends_local -> Nullable<Timestamp>,
        time_zone -> Nullable<Text>,
        booking_minutes -> Nullable<Integer>,
        is_offered -> Bool,
    }
}

diesel::table! {
    office_hour_bookings (slot_id, number) {
        slot_id -> BigInt,
        number -> Integer,
        person_id -> BigInt,
        team_id -> Nullable<BigInt>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    sign_ups (id) {
        id -> BigInt,
        slot_id -> BigInt,
        person_id -> BigInt,
        turn -> BigInt,
        status -> Text,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        reconfirm_asked_at -> Nullable<Timestamp>,
        reconfirmed_at -> Nullable<Timestamp>,
        waited -> Bool,
    }
}

diesel::table! {
    hand_overs (week_id) {
        week_id -> BigInt,
        cohort_id -> BigInt,
        text -> Text,
        written_by -> Nullable<BigInt>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    mentor_thanks (campus_id, person_id) {
        campus_id -> BigInt,
        person_id -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    mentor_swap_offers (id) {
        id -> BigInt,
        sign_up_id -> BigInt,
        wanted_slot_id -> Nullable<BigInt>,
        status -> Text,
        accepted_by -> Nullable<BigInt>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    mentor_preferences (cohort_id, person_id) {
        cohort_id -> BigInt,
        person_id -> BigInt,
        at_most -> Nullable<Integer>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    mentor_wishes (slot_id, person_id) {
        slot_id -> BigInt,
        person_id -> BigInt,
        ranked -> Integer,
    }
}

diesel::table! {
    mentor_companions (cohort_id, person_id, companion_id) {
        cohort_id -> BigInt,
        person_id -> BigInt,
        companion_id -> BigInt,
    }
}

diesel::table! {
    mentor_allocations (id) {
        id -> BigInt,
        cohort_id -> BigInt,
        status -> Text,
        seed -> BigInt,
        problem -> Text,
        result -> Text,
        created_by -> Nullable<BigInt>,
        confirmed_at -> Nullable<Timestamp>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        commitment -> Nullable<Text>,
        commitment_secret -> Nullable<Text>,
        seed_given -> Bool,
    }
}

diesel::table! {
    idempotency_keys (caller, key) {
        caller -> Text,
        key -> Text,
        fingerprint -> Text,
        status -> Integer,
        content_type -> Nullable<Text>,
        location -> Nullable<Text>,
        object_version -> Nullable<BigInt>,
        body -> Text,
        created_at -> Timestamp,
        standings -> Text,
        is_whole -> Bool,
    }
}

diesel::table! {
    events (id) {
        id -> BigInt,
        position -> Nullable<BigInt>,
        kind -> Text,
        object_type -> Text,
        object_id -> BigInt,
        sequence -> BigInt,
        campus_id -> Nullable<BigInt>,
        cohort_id -> Nullable<BigInt>,
        person_id -> Nullable<BigInt>,
        payload -> Text,
        secret -> Nullable<Text>,
        created_at -> Timestamp,
        audience -> Text,
        href -> Nullable<Text>,
    }
}
diesel::table! {
    event_consumers (name) {
        name -> Text,
        position -> BigInt,
    }
}
diesel::table! {
    event_channels (channel, of_id, position) {
        channel -> Integer,
        of_id -> BigInt,
        position -> BigInt,
    }
}
diesel::table! {
    mail_messages (id) {
        id -> BigInt,
        recipient -> Text,
        subject -> Text,
        body -> Text,
        created_at -> Timestamp,
        attempts -> Integer,
        next_attempt_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
        last_error -> Nullable<Text>,
        object_type -> Nullable<Text>,
        object_id -> Nullable<BigInt>,
        given_up_at -> Nullable<Timestamp>,
        unsubscribe -> Nullable<Text>,
    }
}

diesel::table! {
    notifications (id) {
        id -> BigInt,
        person_id -> BigInt,
        kind -> Text,
        title -> Text,
        href -> Nullable<Text>,
        campus_id -> Nullable<BigInt>,
        cohort_id -> Nullable<BigInt>,
        in_app -> Bool,
        mail_waits -> Bool,
        created_at -> Timestamp,
        read_at -> Nullable<Timestamp>,
        detail -> Nullable<Text>,
    }
}

diesel::table! {
    notification_settings (person_id, kind) {
        person_id -> BigInt,
        kind -> Text,
        in_app -> Bool,
        mail -> Text,
    }
}

diesel::table! {
    audit_entries (id) {
        id -> BigInt,
        created_at -> Timestamp,
        person_id -> Nullable<BigInt>,
        session_id -> Nullable<BigInt>,
        operation -> Text,
        target -> Text,
        changes -> Text,
        request_id -> Text,
        object -> Nullable<Text>,
        difference -> Nullable<Text>,
        campus_id -> Nullable<BigInt>,
        via -> Nullable<Text>,
        application_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    merged_accounts (id) {
        id -> BigInt,
        person_id -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    consents (person_id, purpose) {
        person_id -> BigInt,
        purpose -> Text,
        given -> Bool,
        decided_at -> Timestamp,
    }
}

diesel::table! {
    due_extensions (team_id, week_number) {
        team_id -> BigInt,
        week_number -> Integer,
        cohort_id -> BigInt,
        due_local -> Timestamp,
        reason -> Nullable<Text>,
        granted_by -> Nullable<BigInt>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    submissions (id) {
        id -> BigInt,
        cohort_id -> BigInt,
        team_id -> BigInt,
        week_number -> Integer,
        number -> Integer,
        repository_url -> Text,
        deployed_url -> Nullable<Text>,
        notes -> Nullable<Text>,
        submitted_by -> Nullable<BigInt>,
        submitted_at -> Timestamp,
    }
}

diesel::table! {
    code_reviews (id) {
        id -> BigInt,
        cohort_id -> BigInt,
        week_number -> Integer,
        reviewed_team_id -> BigInt,
        reviewing_team_id -> BigInt,
        reason -> Text,
        pairs -> Integer,
        repeats -> Integer,
        due_local -> Timestamp,
        done_at -> Nullable<Timestamp>,
        abandoned_by -> Nullable<BigInt>,
        assigned_by -> Nullable<BigInt>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    review_issues (id) {
        id -> BigInt,
        cohort_id -> BigInt,
        code_review_id -> BigInt,
        title -> Text,
        body -> Text,
        url -> Nullable<Text>,
        status -> Text,
        answer -> Nullable<Text>,
        raised_by -> Nullable<BigInt>,
        answered_by -> Nullable<BigInt>,
        answered_at -> Nullable<Timestamp>,
        closed_at -> Nullable<Timestamp>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    discoveries (id) {
        id -> BigInt,
        cohort_id -> BigInt,
        week_number -> Nullable<Integer>,
        team_id -> Nullable<BigInt>,
        title -> Text,
        url -> Text,
        kind -> Text,
        topic -> Text,
        text -> Nullable<Text>,
        topic_folded -> Text,
        search_words -> Text,
        shared_by -> Nullable<BigInt>,
        useful -> Integer,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    useful_marks (discovery_id, person_id) {
        discovery_id -> BigInt,
        person_id -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    webhooks (id) {
        id -> BigInt,
        campus_id -> BigInt,
        url -> Text,
        events -> Text,
        secret -> Text,
        old_secret -> Nullable<Text>,
        old_secret_until -> Nullable<Timestamp>,
        enabled -> Bool,
        disabled_because -> Nullable<Text>,
        failing_since -> Nullable<Timestamp>,
        succeeded_at -> Nullable<Timestamp>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        paused_until -> Nullable<Timestamp>,
        failures -> Integer,
        tried_at -> Nullable<Timestamp>,
        made_by -> Nullable<BigInt>,
    }
}

diesel::table! {
    webhook_deliveries (id) {
        id -> BigInt,
        webhook_id -> BigInt,
        event_id -> BigInt,
        position -> BigInt,
        kind -> Text,
        object_type -> Text,
        object_id -> BigInt,
        body -> Text,
        status -> Text,
        attempts -> Integer,
        due_at -> Timestamp,
        claimed_until -> Nullable<Timestamp>,
        attempted_at -> Nullable<Timestamp>,
        response_status -> Nullable<Integer>,
        error -> Nullable<Text>,
        delivered_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        replayed -> Bool,
    }
}

diesel::table! {
    timetable_sessions (id) {
        id -> BigInt,
        cohort_id -> BigInt,
        weekday -> Text,
        starts -> Text,
        ends -> Text,
        title -> Text,
        kind -> Text,
        place -> Nullable<Text>,
        url -> Nullable<Text>,
        is_optional -> Bool,
        check_in -> Text,
    }
}

diesel::table! {
    scheduled_events (id) {
        id -> BigInt,
        cohort_id -> BigInt,
        session_id -> Nullable<BigInt>,
        session_day -> Nullable<Date>,
        is_changed -> Bool,
        title -> Text,
        kind -> Text,
        starts_local -> Timestamp,
        ends_local -> Timestamp,
        place -> Nullable<Text>,
        url -> Nullable<Text>,
        is_optional -> Bool,
        check_in_code -> Nullable<Text>,
        status -> Text,
        is_left_out -> Bool,
        cancelled_at -> Nullable<Timestamp>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    attendances (event_id, person_id) {
        event_id -> BigInt,
        person_id -> BigInt,
        cohort_id -> BigInt,
        status -> Text,
        arrived_at -> Nullable<Timestamp>,
        received_at -> Nullable<Timestamp>,
        noted_by -> Nullable<BigInt>,
        is_noted -> Bool,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    check_in_tries (event_id, person_id) {
        event_id -> BigInt,
        person_id -> BigInt,
        tries -> Integer,
    }
}

diesel::table! {
    day_absences (cohort_id, day, person_id) {
        cohort_id -> BigInt,
        day -> Date,
        person_id -> BigInt,
        reason -> Nullable<Text>,
        noted_by -> Nullable<BigInt>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    calendar_revisions (id) {
        id -> BigInt,
        uid -> Text,
        kind -> Text,
        person_id -> Nullable<BigInt>,
        cohort_id -> BigInt,
        sequence -> BigInt,
        starts_at -> Nullable<Timestamp>,
        ends_at -> Nullable<Timestamp>,
        starts_on -> Date,
        ends_on -> Date,
        is_cancelled -> Bool,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    calendar_feeds (id) {
        id -> BigInt,
        person_id -> BigInt,
        shows -> Text,
        cohort_id -> Nullable<BigInt>,
        campus_id -> Nullable<BigInt>,
        token_hash -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    retros (id) {
        id -> BigInt,
        cohort_id -> BigInt,
        week_id -> BigInt,
        team_id -> Nullable<BigInt>,
        status -> Text,
        votes_each -> Integer,
        opened_by -> Nullable<BigInt>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        closed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    retro_items (id) {
        id -> BigInt,
        cohort_id -> BigInt,
        retro_id -> BigInt,
        kind -> Text,
        text -> Text,
        author_id -> Nullable<BigInt>,
        votes -> Nullable<Integer>,
        version -> BigInt,
    }
}

diesel::table! {
    retro_votes (item_id, person_id) {
        item_id -> BigInt,
        person_id -> BigInt,
    }
}

diesel::table! {
    actions (id) {
        id -> BigInt,
        cohort_id -> BigInt,
        team_id -> Nullable<BigInt>,
        retro_id -> Nullable<BigInt>,
        text -> Text,
        status -> Text,
        owner_id -> Nullable<BigInt>,
        note -> Nullable<Text>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    project_hints (id) {
        id -> BigInt,
        cohort_id -> BigInt,
        project_id -> BigInt,
        number -> Integer,
        body -> Text,
        written_by -> Nullable<BigInt>,
        created_at -> Timestamp,
        version -> BigInt,
        changed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    hint_texts (id) {
        id -> BigInt,
        hint_id -> BigInt,
        cohort_id -> BigInt,
        body -> Text,
        replaced_at -> Timestamp,
    }
}

diesel::table! {
    hint_requests (hint_id, team_id) {
        hint_id -> BigInt,
        team_id -> BigInt,
        cohort_id -> BigInt,
        asked_by -> Nullable<BigInt>,
        asked_at -> Timestamp,
    }
}

diesel::table! {
    pastoral_carers (campus_id, person_id) {
        campus_id -> BigInt,
        person_id -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    pastoral_notes (id) {
        id -> BigInt,
        cohort_id -> BigInt,
        person_id -> BigInt,
        text -> Text,
        flag -> Nullable<Text>,
        written_by -> Nullable<BigInt>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        shared_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    walks (slot_id) {
        slot_id -> BigInt,
        places -> Integer,
    }
}

diesel::table! {
    walk_places (slot_id, person_id) {
        slot_id -> BigInt,
        person_id -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    checklist_templates (id) {
        id -> BigInt,
        campus_id -> BigInt,
        name -> Text,
        scope -> Text,
        items -> Text,
        forked_from -> Nullable<BigInt>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        programme_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    checklists (id) {
        id -> BigInt,
        cohort_id -> BigInt,
        week_id -> Nullable<BigInt>,
        template_id -> Nullable<BigInt>,
        name -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    checklist_items (id) {
        id -> BigInt,
        checklist_id -> BigInt,
        position -> Integer,
        text -> Text,
        done_by -> Nullable<BigInt>,
        done_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    manuals (person_id) {
        person_id -> BigInt,
        how_i_work -> Nullable<Text>,
        how_i_like_feedback -> Nullable<Text>,
        how_to_reach_me -> Nullable<Text>,
        good_to_know -> Nullable<Text>,
        version -> BigInt,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    progress_logs (id) {
        id -> BigInt,
        person_id -> BigInt,
        cohort_id -> BigInt,
        text -> Text,
        shared_with_staff -> Bool,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    peer_feedback (id) {
        id -> BigInt,
        cohort_id -> BigInt,
        team_id -> BigInt,
        giver_id -> BigInt,
        receiver_id -> BigInt,
        text -> Text,
        anonymous -> Bool,
        batch -> Nullable<Integer>,
        released_on -> Nullable<Date>,
    }
}

diesel::table! {
    intakes (cohort_id) {
        cohort_id -> BigInt,
        interest_from -> Nullable<Date>,
        opens_local -> Timestamp,
        closes_local -> Timestamp,
        interviews_from -> Nullable<Date>,
        interviews_to -> Nullable<Date>,
        places -> Integer,
        decide_by -> Nullable<Date>,
        reply_days -> Integer,
        waiting_list_until -> Nullable<Date>,
        precourse -> Nullable<Text>,
        precourse_url -> Nullable<Text>,
        keep_months -> Integer,
        opening_told_at -> Nullable<Timestamp>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        rubric -> Text,
        is_blind -> Bool,
        trial_from -> Nullable<Date>,
        trial_to -> Nullable<Date>,
        trial_place -> Nullable<Text>,
        trial_url -> Nullable<Text>,
        trial_starts -> Nullable<Text>,
    }
}

diesel::table! {
    application_forms (id) {
        id -> BigInt,
        cohort_id -> BigInt,
        number -> Integer,
        questions -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    admission_interests (cohort_id, person_id) {
        cohort_id -> BigInt,
        person_id -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    applications (id) {
        id -> BigInt,
        cohort_id -> BigInt,
        person_id -> BigInt,
        form_id -> BigInt,
        answers -> Text,
        status -> Text,
        may_be_kept -> Bool,
        submitted_at -> Nullable<Timestamp>,
        ended_at -> Nullable<Timestamp>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        reply_by_local -> Nullable<Timestamp>,
        turn -> Nullable<BigInt>,
        deferred_to -> Nullable<BigInt>,
        trial -> Nullable<Text>,
    }
}

diesel::table! {
    evidence_readings (id) {
        id -> BigInt,
        application_id -> BigInt,
        question -> Text,
        value -> Integer,
        seen_at -> Timestamp,
        is_checked -> Bool,
        noted_by -> Nullable<BigInt>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    admission_panels (cohort_id, person_id) {
        cohort_id -> BigInt,
        person_id -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    application_scores (application_id, person_id) {
        application_id -> BigInt,
        person_id -> BigInt,
        points -> Nullable<Text>,
        note -> Nullable<Text>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    application_recusals (application_id, person_id) {
        application_id -> BigInt,
        person_id -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    interview_slots (id) {
        id -> BigInt,
        cohort_id -> BigInt,
        starts_local -> Timestamp,
        ends_local -> Timestamp,
        place -> Nullable<Text>,
        url -> Nullable<Text>,
        interviewer_id -> Nullable<BigInt>,
        application_id -> Nullable<BigInt>,
        booked_at -> Nullable<Timestamp>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    client_terms (campus_id) {
        campus_id -> BigInt,
        is_open -> Bool,
        about -> Nullable<Text>,
        answer_days -> Integer,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        first_refusal_days -> Integer,
    }
}

diesel::table! {
    clients (id) {
        id -> BigInt,
        campus_id -> BigInt,
        name -> Text,
        about -> Text,
        url -> Nullable<Text>,
        status -> Text,
        status_since -> Timestamp,
        reminded_at -> Nullable<Timestamp>,
        applied_by -> Nullable<BigInt>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        may_be_passed_on -> Bool,
    }
}

diesel::table! {
    client_offers (client_id, campus_id) {
        client_id -> BigInt,
        campus_id -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    client_steps (id) {
        id -> BigInt,
        client_id -> BigInt,
        status -> Text,
        taken_by -> Text,
        url -> Nullable<Text>,
        note -> Nullable<Text>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    client_workshops (id) {
        id -> BigInt,
        campus_id -> BigInt,
        starts_local -> Timestamp,
        ends_local -> Timestamp,
        place -> Nullable<Text>,
        url -> Nullable<Text>,
        places -> Integer,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    client_workshop_bookings (client_id) {
        client_id -> BigInt,
        workshop_id -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    client_products (cohort_id, client_id) {
        cohort_id -> BigInt,
        client_id -> BigInt,
        summary -> Text,
        url -> Nullable<Text>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    product_ballots (id) {
        id -> BigInt,
        cohort_id -> BigInt,
        status -> Text,
        winners -> Integer,
        candidates -> Text,
        seed -> Text,
        commitment -> Text,
        result -> Nullable<Text>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    product_votes (ballot_id, person_id) {
        ballot_id -> BigInt,
        person_id -> BigInt,
        ranked -> Nullable<Text>,
    }
}

diesel::table! {
    product_wishes (ballot_id, person_id) {
        ballot_id -> BigInt,
        person_id -> BigInt,
        ranked -> Text,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    product_team_members (ballot_id, person_id) {
        ballot_id -> BigInt,
        person_id -> BigInt,
        client_id -> BigInt,
        rank -> Nullable<Integer>,
        number -> Integer,
    }
}

diesel::table! {
    client_hand_over_items (client_id, item) {
        client_id -> BigInt,
        item -> Text,
        ticked_by -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    client_availabilities (client_id) {
        client_id -> BigInt,
        text -> Nullable<Text>,
        hours -> Text,
        time_zone -> Text,
        said_by -> BigInt,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    client_links (id) {
        id -> BigInt,
        client_id -> BigInt,
        kind -> Text,
        title -> Text,
        url -> Nullable<Text>,
        note -> Nullable<Text>,
        added_by -> Text,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    demo_days (id) {
        id -> BigInt,
        cohort_id -> BigInt,
        starts_local -> Timestamp,
        ends_local -> Timestamp,
        place -> Nullable<Text>,
        url -> Nullable<Text>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    demo_day_invitations (id) {
        id -> BigInt,
        demo_day_id -> BigInt,
        client_id -> BigInt,
        coming -> Nullable<Bool>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    product_owners (client_id, person_id) {
        client_id -> BigInt,
        person_id -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    product_owner_invitations (id) {
        id -> BigInt,
        client_id -> BigInt,
        email -> Text,
        token_hash -> Text,
        status -> Text,
        invited_by -> Nullable<BigInt>,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        accepted_by -> Nullable<BigInt>,
    }
}

diesel::table! {
    client_briefs (id) {
        id -> BigInt,
        client_id -> BigInt,
        campus_id -> BigInt,
        title -> Text,
        text -> Text,
        rate_amount -> BigInt,
        rate_currency -> Text,
        rate_per -> Text,
        starts_on -> Date,
        people -> Integer,
        may_be_passed_on -> Bool,
        status -> Text,
        opened_at -> Nullable<Timestamp>,
        reserved_until -> Nullable<Timestamp>,
        outcome -> Nullable<Text>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        opened_to_all_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    brief_passes (id) {
        id -> BigInt,
        brief_id -> BigInt,
        campus_id -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    brief_interests (brief_id, person_id) {
        brief_id -> BigInt,
        person_id -> BigInt,
        is_interested -> Bool,
        note -> Nullable<Text>,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    brief_members (brief_id, person_id) {
        brief_id -> BigInt,
        person_id -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    employers (id) {
        id -> BigInt,
        campus_id -> BigInt,
        name -> Text,
        about -> Nullable<Text>,
        url -> Nullable<Text>,
        agreement_url -> Nullable<Text>,
        agreement_from -> Nullable<Date>,
        agreement_until -> Nullable<Date>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    employer_contacts (employer_id, person_id) {
        employer_id -> BigInt,
        person_id -> BigInt,
        created_at -> Timestamp,
        left_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    employer_roles (id) {
        id -> BigInt,
        campus_id -> BigInt,
        employer_id -> BigInt,
        title -> Text,
        text -> Text,
        place -> Nullable<Text>,
        is_remote -> Bool,
        pay_minimum -> Nullable<BigInt>,
        pay_maximum -> Nullable<BigInt>,
        pay_currency -> Nullable<Text>,
        pay_per -> Nullable<Text>,
        expires_on -> Date,
        status -> Text,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    career_profiles (person_id) {
        person_id -> BigInt,
        headline -> Nullable<Text>,
        about -> Nullable<Text>,
        looking_for -> Nullable<Text>,
        cv_url -> Nullable<Text>,
        skills -> Text,
        submission_ids -> Text,
        shows_reviews -> Bool,
        shows_mentoring -> Bool,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    introductions (id) {
        id -> BigInt,
        campus_id -> BigInt,
        employer_id -> BigInt,
        role_id -> BigInt,
        person_id -> BigInt,
        status -> Text,
        message -> Nullable<Text>,
        consented_at -> Nullable<Timestamp>,
        consent_until -> Nullable<Timestamp>,
        hired_on -> Nullable<Date>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    referral_fees (id) {
        id -> BigInt,
        campus_id -> BigInt,
        employer_id -> BigInt,
        introduction_id -> BigInt,
        amount -> BigInt,
        currency -> Text,
        due_on -> Date,
        status -> Text,
        reason -> Nullable<Text>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::joinable!(campus_members -> campuses (campus_id));
diesel::joinable!(api_tokens -> people (person_id));
diesel::joinable!(campus_members -> people (person_id));
diesel::joinable!(campus_staff -> campuses (campus_id));
diesel::joinable!(campus_staff -> people (person_id));
diesel::joinable!(cohorts -> campuses (campus_id));
diesel::joinable!(cohorts -> programmes (programme_id));
diesel::joinable!(enrolments -> cohorts (cohort_id));
diesel::joinable!(enrolments -> people (person_id));
diesel::joinable!(invitations -> cohorts (cohort_id));
diesel::joinable!(mentor_slots -> cohorts (cohort_id));
diesel::joinable!(mentor_allocations -> cohorts (cohort_id));
diesel::joinable!(mentor_thanks -> people (person_id));
diesel::joinable!(mentor_swap_offers -> sign_ups (sign_up_id));
diesel::joinable!(mentor_wishes -> mentor_slots (slot_id));
diesel::joinable!(pair_rules -> cohorts (cohort_id));
diesel::joinable!(programme_weeks -> programmes (programme_id));
diesel::joinable!(projects -> cohorts (cohort_id));
diesel::joinable!(published_weeks -> rounds (round_id));
diesel::joinable!(refresh_tokens -> sessions (session_id));
diesel::joinable!(rounds -> cohorts (cohort_id));
diesel::joinable!(rounds -> team_plans (plan_id));
diesel::joinable!(sessions -> people (person_id));
diesel::joinable!(sign_ups -> mentor_slots (slot_id));
diesel::joinable!(sign_ups -> people (person_id));
diesel::joinable!(team_members -> people (person_id));
diesel::joinable!(team_members -> rounds (round_id));
diesel::joinable!(team_members -> teams (team_id));
diesel::joinable!(team_repairs -> rounds (round_id));
diesel::joinable!(teams -> rounds (round_id));
diesel::joinable!(submissions -> people (submitted_by));
diesel::joinable!(review_issues -> code_reviews (code_review_id));
diesel::joinable!(review_issues -> people (raised_by));
diesel::joinable!(discoveries -> people (shared_by));
diesel::joinable!(retro_items -> retros (retro_id));
diesel::joinable!(retro_votes -> retro_items (item_id));
diesel::joinable!(webhook_deliveries -> webhooks (webhook_id));
diesel::joinable!(weeks -> cohorts (cohort_id));
diesel::joinable!(weeks -> projects (project_id));

// Coherence grows with the square of a list, and is checked at every build: only what is joined stands here.
diesel::joinable!(hint_texts -> project_hints (hint_id));
diesel::joinable!(hint_requests -> project_hints (hint_id));
diesel::joinable!(hint_requests -> teams (team_id));
diesel::joinable!(checklist_items -> checklists (checklist_id));
diesel::joinable!(pastoral_carers -> people (person_id));
diesel::joinable!(office_hour_bookings -> mentor_slots (slot_id));
diesel::joinable!(office_hour_bookings -> people (person_id));
diesel::joinable!(walks -> mentor_slots (slot_id));
diesel::joinable!(progress_logs -> people (person_id));
diesel::joinable!(admission_panels -> people (person_id));
diesel::joinable!(application_recusals -> applications (application_id));
diesel::joinable!(application_scores -> applications (application_id));
diesel::joinable!(applications -> people (person_id));
diesel::joinable!(evidence_readings -> applications (application_id));
diesel::joinable!(intakes -> cohorts (cohort_id));
diesel::joinable!(interview_slots -> applications (application_id));
diesel::joinable!(client_steps -> clients (client_id));
diesel::joinable!(client_hand_over_items -> clients (client_id));
diesel::joinable!(client_availabilities -> clients (client_id));
diesel::joinable!(client_links -> clients (client_id));
diesel::joinable!(demo_days -> cohorts (cohort_id));
diesel::joinable!(demo_day_invitations -> clients (client_id));
diesel::joinable!(demo_day_invitations -> demo_days (demo_day_id));
diesel::joinable!(client_products -> clients (client_id));
diesel::joinable!(client_products -> cohorts (cohort_id));
diesel::joinable!(product_ballots -> cohorts (cohort_id));
diesel::joinable!(product_votes -> product_ballots (ballot_id));
diesel::joinable!(product_wishes -> product_ballots (ballot_id));
diesel::joinable!(product_team_members -> product_ballots (ballot_id));
diesel::joinable!(client_offers -> campuses (campus_id));
diesel::joinable!(client_offers -> clients (client_id));
diesel::joinable!(client_workshop_bookings -> client_workshops (workshop_id));
diesel::joinable!(client_workshop_bookings -> clients (client_id));
diesel::joinable!(clients -> campuses (campus_id));
diesel::joinable!(product_owner_invitations -> clients (client_id));
diesel::joinable!(product_owners -> clients (client_id));
diesel::joinable!(product_owners -> people (person_id));
diesel::joinable!(client_briefs -> clients (client_id));
diesel::joinable!(client_briefs -> campuses (campus_id));
diesel::joinable!(brief_passes -> campuses (campus_id));
diesel::joinable!(brief_interests -> client_briefs (brief_id));
diesel::joinable!(brief_interests -> people (person_id));
diesel::joinable!(brief_members -> client_briefs (brief_id));
diesel::joinable!(brief_members -> people (person_id));
diesel::joinable!(employers -> campuses (campus_id));
diesel::joinable!(employer_contacts -> employers (employer_id));
diesel::joinable!(employer_contacts -> people (person_id));
diesel::joinable!(employer_roles -> employers (employer_id));
diesel::joinable!(introductions -> campuses (campus_id));
diesel::joinable!(introductions -> employer_roles (role_id));

diesel::allow_tables_to_appear_in_same_query!(
    campus_alumni_sources,
    campus_members,
    campus_staff,
    campuses,
    cohorts,
    due_extensions,
    enrolments,
    mentor_slots,
    mentor_swap_offers,
    mentor_thanks,
    pastoral_carers,
    people,
    programmes,
    projects,
    published_weeks,
    rounds,
    sign_ups,
    team_members,
    team_plans,
    team_repairs,
    teams,
    weeks,
);
diesel::allow_tables_to_appear_in_same_query!(api_tokens, people);
diesel::allow_tables_to_appear_in_same_query!(applications, audit_entries);
diesel::allow_tables_to_appear_in_same_query!(audit_entries, merged_accounts);
diesel::joinable!(merged_accounts -> people (person_id));
diesel::allow_tables_to_appear_in_same_query!(merged_accounts, people);
diesel::allow_tables_to_appear_in_same_query!(campuses, invitations);
diesel::allow_tables_to_appear_in_same_query!(cohorts, consents);
diesel::allow_tables_to_appear_in_same_query!(cohorts, invitations);
diesel::allow_tables_to_appear_in_same_query!(cohorts, mentor_allocations);
diesel::allow_tables_to_appear_in_same_query!(cohorts, pair_rules);
diesel::allow_tables_to_appear_in_same_query!(consents, enrolments);
diesel::allow_tables_to_appear_in_same_query!(mentor_slots, mentor_wishes);
diesel::allow_tables_to_appear_in_same_query!(people, refresh_tokens, sessions);
diesel::allow_tables_to_appear_in_same_query!(plan_versions, team_plans);
diesel::allow_tables_to_appear_in_same_query!(programme_weeks, programmes);
diesel::allow_tables_to_appear_in_same_query!(team_plans, trade_offs);
diesel::allow_tables_to_appear_in_same_query!(people, submissions);
diesel::allow_tables_to_appear_in_same_query!(code_reviews, people, review_issues);
diesel::allow_tables_to_appear_in_same_query!(discoveries, people, useful_marks);
diesel::allow_tables_to_appear_in_same_query!(webhook_deliveries, webhooks);
diesel::joinable!(calendar_revisions -> cohorts (cohort_id));
diesel::allow_tables_to_appear_in_same_query!(calendar_revisions, cohorts);
diesel::allow_tables_to_appear_in_same_query!(calendar_revisions, enrolments);
diesel::joinable!(calendar_feeds -> people (person_id));
diesel::allow_tables_to_appear_in_same_query!(calendar_feeds, people);
diesel::allow_tables_to_appear_in_same_query!(retro_items, retro_votes, retros, weeks);
diesel::allow_tables_to_appear_in_same_query!(hint_requests, hint_texts, project_hints, teams);
diesel::allow_tables_to_appear_in_same_query!(cohorts, pastoral_notes);
diesel::allow_tables_to_appear_in_same_query!(mentor_slots, office_hour_bookings);
diesel::allow_tables_to_appear_in_same_query!(office_hour_bookings, people);
diesel::allow_tables_to_appear_in_same_query!(office_hour_bookings, team_members);
diesel::allow_tables_to_appear_in_same_query!(mentor_slots, walks);
diesel::allow_tables_to_appear_in_same_query!(walks, weeks);
diesel::allow_tables_to_appear_in_same_query!(cohorts, walks);
diesel::allow_tables_to_appear_in_same_query!(mentor_slots, walk_places);
diesel::allow_tables_to_appear_in_same_query!(attendances, scheduled_events);
diesel::allow_tables_to_appear_in_same_query!(checklist_items, checklists);
diesel::allow_tables_to_appear_in_same_query!(people, progress_logs);
diesel::allow_tables_to_appear_in_same_query!(applications, people);
diesel::allow_tables_to_appear_in_same_query!(applications, evidence_readings);
diesel::allow_tables_to_appear_in_same_query!(campuses, intakes);
diesel::allow_tables_to_appear_in_same_query!(cohorts, intakes);
diesel::allow_tables_to_appear_in_same_query!(applications, cohorts);
diesel::allow_tables_to_appear_in_same_query!(applications, intakes);
diesel::allow_tables_to_appear_in_same_query!(admission_panels, people);
diesel::allow_tables_to_appear_in_same_query!(application_recusals, applications);
diesel::allow_tables_to_appear_in_same_query!(application_scores, applications);
diesel::allow_tables_to_appear_in_same_query!(applications, campuses);
diesel::allow_tables_to_appear_in_same_query!(applications, interview_slots);
diesel::allow_tables_to_appear_in_same_query!(campuses, interview_slots);
diesel::allow_tables_to_appear_in_same_query!(cohorts, interview_slots);
diesel::allow_tables_to_appear_in_same_query!(campuses, client_terms);
diesel::allow_tables_to_appear_in_same_query!(campuses, clients);
diesel::allow_tables_to_appear_in_same_query!(campuses, product_owner_invitations);
diesel::allow_tables_to_appear_in_same_query!(campuses, product_owners);
diesel::allow_tables_to_appear_in_same_query!(client_steps, clients);
diesel::allow_tables_to_appear_in_same_query!(client_steps, product_owners);
diesel::allow_tables_to_appear_in_same_query!(client_terms, clients);
diesel::allow_tables_to_appear_in_same_query!(client_terms, product_owners);
diesel::allow_tables_to_appear_in_same_query!(clients, product_owner_invitations);
diesel::allow_tables_to_appear_in_same_query!(client_hand_over_items, clients);
diesel::allow_tables_to_appear_in_same_query!(client_availabilities, clients);
diesel::allow_tables_to_appear_in_same_query!(client_availabilities, product_owners);
diesel::allow_tables_to_appear_in_same_query!(client_links, clients);
diesel::allow_tables_to_appear_in_same_query!(cohorts, demo_days);
diesel::allow_tables_to_appear_in_same_query!(campuses, demo_days);
diesel::allow_tables_to_appear_in_same_query!(demo_day_invitations, demo_days);
diesel::allow_tables_to_appear_in_same_query!(cohorts, demo_day_invitations);
diesel::allow_tables_to_appear_in_same_query!(cohorts, product_ballots);
diesel::allow_tables_to_appear_in_same_query!(cohorts, product_team_members);
diesel::allow_tables_to_appear_in_same_query!(client_products, cohorts);
diesel::allow_tables_to_appear_in_same_query!(campuses, client_offers);
diesel::allow_tables_to_appear_in_same_query!(client_offers, clients);
diesel::allow_tables_to_appear_in_same_query!(client_offers, product_owners);
diesel::allow_tables_to_appear_in_same_query!(campuses, demo_day_invitations);
diesel::allow_tables_to_appear_in_same_query!(clients, demo_day_invitations);
diesel::allow_tables_to_appear_in_same_query!(demo_day_invitations, product_owners);
diesel::allow_tables_to_appear_in_same_query!(demo_days, product_owners);
diesel::allow_tables_to_appear_in_same_query!(client_links, product_owners);
diesel::allow_tables_to_appear_in_same_query!(enrolments, product_team_members);
diesel::allow_tables_to_appear_in_same_query!(enrolments, product_ballots);
diesel::allow_tables_to_appear_in_same_query!(client_links, product_ballots);
diesel::allow_tables_to_appear_in_same_query!(client_links, enrolments);
diesel::allow_tables_to_appear_in_same_query!(client_links, product_team_members);
diesel::allow_tables_to_appear_in_same_query!(client_products, clients);
diesel::allow_tables_to_appear_in_same_query!(product_ballots, product_votes);
diesel::allow_tables_to_appear_in_same_query!(product_ballots, product_wishes);
diesel::allow_tables_to_appear_in_same_query!(product_ballots, product_team_members);
diesel::allow_tables_to_appear_in_same_query!(client_workshop_bookings, client_workshops);
diesel::allow_tables_to_appear_in_same_query!(client_workshop_bookings, clients);
diesel::allow_tables_to_appear_in_same_query!(client_workshop_bookings, product_owners);
diesel::allow_tables_to_appear_in_same_query!(client_workshops, product_owners);
diesel::allow_tables_to_appear_in_same_query!(clients, product_owners);
diesel::allow_tables_to_appear_in_same_query!(people, product_owners);
diesel::allow_tables_to_appear_in_same_query!(client_briefs, campuses);
diesel::allow_tables_to_appear_in_same_query!(client_briefs, clients);
diesel::allow_tables_to_appear_in_same_query!(client_briefs, product_owners);
diesel::allow_tables_to_appear_in_same_query!(client_briefs, product_team_members);
diesel::allow_tables_to_appear_in_same_query!(client_briefs, brief_passes);
diesel::allow_tables_to_appear_in_same_query!(brief_passes, clients);
diesel::allow_tables_to_appear_in_same_query!(brief_members, campuses);
diesel::allow_tables_to_appear_in_same_query!(brief_members, clients);
diesel::allow_tables_to_appear_in_same_query!(campuses, product_team_members);
diesel::allow_tables_to_appear_in_same_query!(clients, product_team_members);
diesel::allow_tables_to_appear_in_same_query!(client_briefs, brief_interests);
diesel::allow_tables_to_appear_in_same_query!(client_briefs, brief_members);
diesel::allow_tables_to_appear_in_same_query!(brief_passes, campuses);
diesel::allow_tables_to_appear_in_same_query!(brief_interests, people);
diesel::allow_tables_to_appear_in_same_query!(brief_members, people);
diesel::allow_tables_to_appear_in_same_query!(people, product_team_members);
diesel::allow_tables_to_appear_in_same_query!(campuses, employers);
diesel::allow_tables_to_appear_in_same_query!(campuses, employer_contacts);
diesel::allow_tables_to_appear_in_same_query!(employer_contacts, employers);
diesel::allow_tables_to_appear_in_same_query!(employer_contacts, people);
diesel::allow_tables_to_appear_in_same_query!(employer_roles, employers);
diesel::allow_tables_to_appear_in_same_query!(employer_roles, introductions);
diesel::allow_tables_to_appear_in_same_query!(employers, introductions);
diesel::allow_tables_to_appear_in_same_query!(campuses, introductions);
diesel::allow_tables_to_appear_in_same_query!(introductions, referral_fees);
diesel::allow_tables_to_appear_in_same_query!(code_reviews, rounds);
diesel::allow_tables_to_appear_in_same_query!(code_reviews, team_members);
diesel::allow_tables_to_appear_in_same_query!(submissions, team_members);
