-- The database and its two roles, made once: sudo -u postgres psql --file deploy/roles.sql
-- Each role signs in as the system user of the same name (peer), without a password.

-- Owns the tables: migrates, and grants the application what `manage.py grant` lists.
CREATE ROLE thidua_owner LOGIN;
-- The site, the worker and the timer.
CREATE ROLE thidua LOGIN;

CREATE DATABASE thidua OWNER thidua_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';

-- What fails is logged without its values: rows and statements hold personal data.
ALTER ROLE thidua SET log_error_verbosity = terse;
ALTER ROLE thidua SET log_min_error_statement = panic;
ALTER ROLE thidua_owner SET log_error_verbosity = terse;
ALTER ROLE thidua_owner SET log_min_error_statement = panic;
