DROP TABLE merged_accounts;
