-- A sealed column may hold a free text, in which others are named, or one fact of the person: a day, an address, an account. An answer to a
-- person masks the first and gives the second as it is; what is not declared is masked.
alter table privacy.declared_column add column fact boolean not null default false;
insert into privacy.declared_column (table_name, column_name) values ('privacy.declared_column', 'fact');
update privacy.declared_column set fact = true where (table_name, column_name) in (('members.person_detail', 'birth_date'), ('members.person_detail', 'address'), ('members.bank_detail', 'iban'));
