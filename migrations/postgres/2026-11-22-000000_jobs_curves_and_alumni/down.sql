DROP TABLE trade_offs;
DROP TABLE jobs;
DROP INDEX invitations_invited_by_idx;
DROP TABLE campus_alumni_sources;
