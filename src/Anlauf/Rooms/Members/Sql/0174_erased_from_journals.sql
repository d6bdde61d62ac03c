-- What a file changed is kept sealed for thirty days, so that it can be taken back. Whoever is erased goes from there too: the steps are marked
-- here, and the program, which alone can open them, takes the person out (ForgetErased).
alter table members.people_import_step add column has_erased boolean not null default false;
select privacy.personal('members.people_import_step', 'Schritt beim Einlesen', 'people', 'import', null, '{}', '{has_erased}');
create function members.mark_journals() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update members.people_import_step s set has_erased = true where s.journal is not null and not s.has_erased;
  return null;
end $$;
create trigger mark_journals after update of family_name on organisation.person for each row
  when (new.family_name like 'Gelöschte Person %' and old.family_name not like 'Gelöschte Person %') execute function members.mark_journals();
