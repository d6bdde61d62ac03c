-- What a call to a person rests on: the consent to calls, else the membership (Art. 6(1)(b), 9(2)(d) GDPR), else the office (Art. 6(1)(f)). Nobody
-- calls who objected to everything (no-contact) or withdrew the consent, nor somebody from whom there is neither consent nor membership (missing).
-- Null of somebody whom the acting person does not see: the answer would say who is a member.
create or replace function members.call_basis(person integer) returns text language sql stable security definer set search_path = '' as $$
  select case
    when exists (select from privacy.person_flag f where f.person_id = p.id and f.kind in ('no-contact', 'restricted')) then 'no-contact'
    when exists (select from members.consent c where c.person_id = p.id and c.kind = 'phone' and c.withdrawn_on is null) then 'consent'
    when exists (select from members.consent c where c.person_id = p.id and c.kind = 'phone') then 'withdrawn'
    when exists (select from members.party_membership m where m.person_id = p.id and m.left_on is null) then 'membership'
    when exists (select from organisation.office_holding h where h.person_id = p.id and current_date between h.valid_from and coalesce(h.valid_to, 'infinity'::date)) then 'office'
    else 'missing' end
  from organisation.person p where p.id = person
    and (access.is_system() or p.id = access.myself() or access.whole('P2', 'people', 'read') or p.division_id = any (access.divisions_for('P2', 'people', 'read'))
      or p.division_id = any (access.divisions_for('P2', 'people', 'edit')) or p.id = any (access.entrusted_persons()))
$$;
revoke execute on function members.call_basis(integer) from public;
grant execute on function members.call_basis(integer) to anlauf_app;
