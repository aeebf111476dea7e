//! Amounts of money: integers in minor units of a currency.

use std::borrow::Cow;

use diesel::{deserialize::FromSqlRow, expression::AsExpression, sql_types};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use crate::{
    error::{self, Error},
    primitives::stored_as_text,
};

/// More than anybody pays for anything, and little enough that sums stay exact everywhere.
pub const MOST_MONEY: i64 = 1_000_000_000_000;

/// That the field at this pointer holds an amount.
///
/// # Errors
/// `422` naming the field.
pub fn check_amount(pointer: &str, amount: i64) -> error::Result<i64> {
    match amount {
        1..=MOST_MONEY => Ok(amount),
        _ => Err(Error::field(pointer, "invalid", "must be from 1 to 1000000000000")),
    }
}

/// The active codes of money in ISO 4217, without those of funds, metals and tests: "List one" of its maintenance agency
/// (<https://www.six-group.com/en/products-services/financial-information/market-reference-data/data-standards.html>).
const ACTIVE: &str = "\
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP \
    CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD \
    JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN \
    NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN \
    SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

/// A currency by its code, such as `GBP`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, AsExpression, FromSqlRow)]
#[diesel(sql_type = sql_types::Text)]
pub struct Currency(String);

impl Currency {
    /// By its code in capitals.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        match ACTIVE.split(' ').any(|code| code == text) {
            true => Ok(Self(text.into())),
            false => Err("must be the code of a currency in ISO 4217, in capitals, such as `GBP`".into()),
        }
    }

    /// Its code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

// What was a currency when it was stored stays readable when it is none any more.
stored_as_text!(Currency, |text| Ok(Currency(text)));

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl JsonSchema for Currency {
    fn schema_name() -> Cow<'static, str> {
        "Currency".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string", "description": "A currency by its code in ISO 4217.", "pattern": "^[A-Z]{3}$", "examples": ["GBP"],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_is_an_active_code_in_capitals() {
        for code in ["GBP", "ILS", "JOD", "AED", "ZWG"] {
            assert_eq!(Currency::parse(code).unwrap().as_str(), code);
        }
        for wrong in ["gbp", "GB", "GBPX", "DEM", "XAU", "XXX", "", " ", "GBP ILS"] {
            assert!(Currency::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_amount_is_something_and_not_beyond_all_bounds() {
        for (amount, may) in [
            (0, false),
            (-1, false),
            (1, true),
            (MOST_MONEY, true),
            (MOST_MONEY + 1, false),
        ] {
            assert_eq!(check_amount("/amount", amount).is_ok(), may, "{amount}");
        }
    }

    #[test]
    fn the_codes_stand_in_order_and_once() {
        let codes: Vec<&str> = ACTIVE.split(' ').collect();
        assert!(codes.is_sorted_by(|one, next| one < next));
        assert!(
            codes
                .iter()
                .all(|code| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()))
        );
    }
}
