"""The tables in which PostgreSQL finds words, with the functions that go with them; no extension is needed.

A row has the folded words as the program made them, and they are indexed as they are: no parser, no language of the
server's has a say in what is found. Positions are not kept, of which PostgreSQL has too few for a long timeline: words
that must follow each other are looked up by the index and then for their place in the text.
"""

from __future__ import annotations

FUNCTIONS = """
-- Keeps ids as SQLite's AUTOINCREMENT does: none is given twice, not even one that a record brought along.
CREATE OR REPLACE FUNCTION lasting_id() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id IS NULL THEN
        NEW.id := nextval(TG_ARGV[0]);
    ELSIF NEW.id > COALESCE(pg_sequence_last_value(TG_ARGV[0]), 0) THEN
        PERFORM setval(TG_ARGV[0], NEW.id);
    END IF;
    RETURN NEW;
END $$;

-- The last id given in a table.
CREATE OR REPLACE FUNCTION last_id(kept_in text) RETURNS bigint LANGUAGE sql AS $$
    SELECT COALESCE(pg_sequence_last_value(pg_get_serial_sequence(quote_ident(kept_in), 'id')), 0)
$$;

-- SQLite's name for it.
CREATE OR REPLACE FUNCTION instr(text, text)
    RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT position($2 in $1)';

-- The days from one kept moment to another in a zone.
CREATE OR REPLACE FUNCTION office_days(earlier bigint, later bigint, zone text)
    RETURNS integer LANGUAGE sql STABLE AS $$
    SELECT (to_timestamp(later / 1000.0) AT TIME ZONE zone)::date
        - (to_timestamp(earlier / 1000.0) AT TIME ZONE zone)::date
$$;

-- The words and numbers of a search row, each once.
CREATE OR REPLACE FUNCTION lexemes(words text, numbers text)
    RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_to_tsvector(COALESCE(array_agg(DISTINCT lexeme), '{}')) FROM (
        SELECT left(word, 500) FROM unnest(string_to_array(words, ' ')) AS word WHERE word NOT IN ('', E'\\n')
        UNION ALL
        SELECT left('_' || number, 500) FROM unnest(string_to_array(numbers, ' ')) AS number WHERE number <> ''
    ) AS kept (lexeme)
$$;

-- How many words and numbers a search row has.
CREATE OR REPLACE FUNCTION how_long(words text, numbers text)
    RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT cardinality(array_remove(string_to_array(replace(words, E'\\n', '') || ' ' || numbers, ' '), ''))
$$;

-- The words of a search row, each between two blanks.
CREATE OR REPLACE FUNCTION told(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ' ' || replace(words, E'\\n ', '') || ' '
$$;

-- The words by which a number is found: its parts and its bare digits, with and without the zeros before them.
CREATE OR REPLACE FUNCTION number_words(number text) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_agg(word) || array_agg(ltrim(word, '0')) FROM (
        SELECT regexp_split_to_table(lower(number), '[^a-z0-9]+')
        UNION ALL SELECT regexp_replace(number, '\\D', '', 'g')
    ) AS parts (word)
$$;

-- How often something stands in a text of words.
CREATE OR REPLACE FUNCTION occurrences(words text, needle text)
    RETURNS bigint LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    rest text := told(words);
    place integer := position(needle in rest);
    found bigint := 0;
BEGIN
    WHILE place > 0 LOOP
        found := found + 1;
        rest := substr(rest, place + 1);
        place := position(needle in rest);
    END LOOP;
    RETURN found;
END $$;
"""
"""What tables and queries need; made anew with every upgrade, so that a new one comes with a new migration."""

TOLD = "tuitrack"
"""The channel on which the server tells that something was stored."""
TRIGGERS = f"""
CREATE OR REPLACE FUNCTION tell_others() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('{TOLD}', '');
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER tell_others AFTER UPDATE ON news FOR EACH STATEMENT EXECUTE FUNCTION tell_others();
CREATE OR REPLACE TRIGGER tell_others AFTER INSERT OR UPDATE OR DELETE ON presence
    FOR EACH STATEMENT EXECUTE FUNCTION tell_others();
"""
"""What tells it; made anew with every upgrade as well, once the tables are there."""

_CASE_SEARCH = """
CREATE TABLE case_search (
    rowid bigint PRIMARY KEY,
    words text COLLATE "C" NOT NULL,
    phones text COLLATE "C" NOT NULL,
    length integer NOT NULL GENERATED ALWAYS AS (how_long(words, phones)) STORED,
    found tsvector NOT NULL GENERATED ALWAYS AS (lexemes(words, phones)) STORED
);
CREATE INDEX case_search_found ON case_search USING gin (found) WITH (fastupdate = off);
CREATE VIEW case_search_content AS SELECT rowid AS id, words AS c0, phones AS c1 FROM case_search;

-- How many search rows there are, and how long they are together; counting them takes too long to rank by it.
CREATE TABLE case_search_size (cases bigint NOT NULL, words bigint NOT NULL);
INSERT INTO case_search_size VALUES (0, 0);
CREATE FUNCTION note_size() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE case_search_size AS size
    SET cases = size.cases + TG_ARGV[0]::bigint * (SELECT COUNT(*) FROM changed),
        words = size.words + TG_ARGV[0]::bigint * (SELECT COALESCE(SUM(length), 0) FROM changed);
    RETURN NULL;
END $$;
CREATE TRIGGER note_new AFTER INSERT ON case_search REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_size('1');
CREATE TRIGGER note_gone AFTER DELETE ON case_search REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_size('-1');

-- What one thing that is looked for adds to the rank of a row: bm25, with the constants and the floor of FTS5.
CREATE FUNCTION bm25(often bigint, length integer, found_in bigint) RETURNS double precision LANGUAGE sql STABLE AS $$
    SELECT greatest(ln((cases - found_in + 0.5::float8) / (found_in + 0.5::float8)), 1e-6::float8)
        * often * 2.2::float8 / (often + 1.2::float8 * (0.25::float8 + 0.75::float8 * length * cases / words))
    FROM case_search_size
$$;

-- Whether the typed words are parts of one of the numbers of a case; year and check digit are not enough. Rows that
-- a file of an older program had know no lines: there the letters of a number elsewhere are those of ASCII alone.
CREATE FUNCTION has_number(case_id bigint, reference text, elsewhere text, typed text[]) RETURNS boolean
    LANGUAGE sql STABLE AS $$
    SELECT typed <@ number_words(reference) AND typed && ARRAY[
            longest, ltrim(longest, '0'), regexp_replace(reference, '\\D', '', 'g')
        ] OR typed <@ CASE
            WHEN position(E'\\n' IN words) > 0 THEN string_to_array(split_part(words, E'\\n', 3), ' ')
            ELSE number_words(elsewhere)
        END
    FROM case_search, (
        SELECT part AS longest FROM unnest(regexp_split_to_array(lower(reference), '[^a-z0-9]+')) WITH ORDINALITY
            AS parts (part, place) ORDER BY char_length(part) DESC, place LIMIT 1
    ) AS parts
    WHERE rowid = case_id
$$;
"""

_CUSTOMER_SEARCH = """
CREATE TABLE customer_search (
    rowid bigint PRIMARY KEY,
    words text COLLATE "C" NOT NULL,
    found tsvector NOT NULL GENERATED ALWAYS AS (lexemes(words, '')) STORED
);
CREATE INDEX customer_search_found ON customer_search USING gin (found) WITH (fastupdate = off);
CREATE VIEW customer_search_content AS SELECT rowid AS id, words AS c0 FROM customer_search;
"""

SEARCH_TABLES = {"case_search": _CASE_SEARCH, "customer_search": _CUSTOMER_SEARCH}
"""How each table that is one of FTS5 in SQLite is made."""
