-- A telephone number as its digits, as it is dialled within the country: „+49 (371) 555-316“ is 0371555316.
create or replace function privacy.dialled(number text) returns text language sql immutable strict
  return regexp_replace(regexp_replace(regexp_replace(number, '[^0-9+]', '', 'g'), '^(\+|00)49(0?)', '0'), '^\+', '00');
