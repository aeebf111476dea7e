DROP TABLE referral_fees;
