-- +goose Up
-- create "imported_files" table
CREATE TABLE `imported_files` (`organization_id` text NOT NULL, `id` text NOT NULL, `seq` integer NOT NULL, PRIMARY KEY (`organization_id`, `id`));
