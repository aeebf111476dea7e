DROP TABLE review_issues;
DROP TABLE code_reviews;
