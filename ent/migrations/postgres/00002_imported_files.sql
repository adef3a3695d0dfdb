-- +goose Up
-- create "imported_files" table
CREATE TABLE "imported_files" ("organization_id" character varying NOT NULL, "id" character varying NOT NULL, "seq" bigint NOT NULL, PRIMARY KEY ("organization_id", "id"));
