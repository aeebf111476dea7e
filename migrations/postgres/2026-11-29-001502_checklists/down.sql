DROP TABLE checklist_items;
DROP TABLE checklists;
DROP TABLE checklist_templates;
