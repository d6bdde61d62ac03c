-- Where a division has its office: the municipality that travel is measured from.
alter table organisation.division add column seat_ags text references territory.municipality;
