//! Employers and their contacts, roles, graduates' profiles and introductions, and fees.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    document::campus,
    rows::{person, rows},
};
use crate::{
    db::schema::{career_profiles, employer_contacts, employer_roles, employers, introductions, referral_fees},
    primitives::{Id, Instant, Json, Line, Text, Url},
};

rows! {
    /// An employer.
    EmployerRow from employers {
        /// The employer's id.
        id: Id,
        /// The campus.
        campus_id: Id,
        /// What it is called.
        name: Line,
        /// What it does.
        about: Option<Text>,
        /// Where to read more of it.
        url: Option<Url>,
        /// Where the agreement with it is.
        agreement_url: Option<Url>,
        /// The first day of the agreement.
        agreement_from: Option<NaiveDate>,
        /// The last day of the agreement.
        agreement_until: Option<NaiveDate>,
        /// Rises with every change.
        version: i64,
        /// When it was added.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// Somebody who acts for an employer.
    EmployerContactRow from employer_contacts {
        /// The employer.
        employer_id: Id,
        /// The person.
        person_id: Id,
        /// Since when.
        created_at: Instant,
        /// Until when; null as long as they do.
        left_at: Option<Instant>,
    }

    /// A role at an employer.
    EmployerRoleRow from employer_roles {
        /// The role's id.
        id: Id,
        /// The campus.
        campus_id: Id,
        /// The employer.
        employer_id: Id,
        /// What it is called.
        title: Line,
        /// What there is to do.
        text: Text,
        /// Where it is.
        place: Option<Line>,
        /// Whether it can be done from elsewhere.
        is_remote: bool,
        /// The least that it pays, in minor units.
        pay_minimum: Option<i64>,
        /// The most that it pays, in minor units.
        pay_maximum: Option<i64>,
        /// In which currency.
        pay_currency: Option<String>,
        /// `year`, `month` or `day`.
        pay_per: Option<String>,
        /// The last day on which it is public.
        expires_on: NaiveDate,
        /// `submitted`, `published` or `closed`.
        status: String,
        /// Rises with every change.
        version: i64,
        /// When it was added.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// What a graduate shows of themself.
    CareerProfileRow from career_profiles {
        /// Whose it is.
        person_id: Id,
        /// Who they are, in a line.
        headline: Option<Line>,
        /// Who they are.
        about: Option<Text>,
        /// What they look for.
        looking_for: Option<Text>,
        /// Where their CV is.
        cv_url: Option<Url>,
        /// What they can do.
        skills: Json,
        /// Submissions that they show.
        submission_ids: Json,
        /// Whether it shows code reviews that their teams have done.
        shows_reviews: bool,
        /// Whether it shows weeks that they have mentored.
        shows_mentoring: bool,
        /// Rises with every change.
        version: i64,
        /// When it was first written.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// An introduction of a graduate to an employer.
    IntroductionRow from introductions {
        /// The introduction's id.
        id: Id,
        /// The campus.
        campus_id: Id,
        /// The employer.
        employer_id: Id,
        /// The role.
        role_id: Id,
        /// The graduate.
        person_id: Id,
        /// How far it has come, as it was noted.
        status: String,
        /// What the staff wrote to the graduate.
        message: Option<Text>,
        /// When the graduate first agreed.
        consented_at: Option<Instant>,
        /// Until when the employer may see the profile.
        consent_until: Option<Instant>,
        /// The day of the hire.
        hired_on: Option<NaiveDate>,
        /// Rises with every change.
        version: i64,
        /// When the staff asked.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// What an employer owes or owed for a hire.
    ReferralFeeRow from referral_fees {
        /// The fee's id.
        id: Id,
        /// The campus.
        campus_id: Id,
        /// The employer.
        employer_id: Id,
        /// The introduction that led to the hire.
        introduction_id: Id,
        /// How much, in minor units.
        amount: i64,
        /// In which currency.
        currency: String,
        /// By which day it is to be paid.
        due_on: NaiveDate,
        /// `due`, `paid` or `waived`.
        status: String,
        /// Why it was waived.
        reason: Option<Text>,
        /// Rises with every change.
        version: i64,
        /// When it was noted.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }
}

person! {
    Careers {
        /// What the person shows of themself to employers whom they agree to meet.
        career_profile: CareerProfileRow in career_profiles of person_id by person_id;
        /// Roles about which the person was asked, and what came of it.
        introductions: IntroductionRow in introductions of person_id by id;
        /// Since when the person acts for each employer.
        employer_contacts: EmployerContactRow in employer_contacts of person_id by employer_id;
    }
}

campus! {
    CampusCareers {
        /// The employers.
        employers: EmployerRow in employers of campus by id;
        /// Who acts or acted for them.
        employer_contacts: EmployerContactRow = |scope| employer_contacts::table
            .inner_join(employers::table)
            .filter(employers::campus_id.eq(scope.campus))
            .order((employer_contacts::employer_id, employer_contacts::person_id));
        /// Their roles.
        employer_roles: EmployerRoleRow in employer_roles of campus by id;
        /// Introductions of graduates to them.
        introductions: IntroductionRow in introductions of campus by id;
        /// What they owe.
        referral_fees: ReferralFeeRow in referral_fees of campus by id;
    }
}
