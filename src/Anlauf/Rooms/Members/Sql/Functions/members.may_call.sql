-- Whose number may stand in a list and be dialled: whoever may be rung up, as members.call_basis says.
create or replace function members.may_call(person integer) returns boolean language sql stable
  return members.call_basis(person) in ('consent', 'membership', 'office');
grant execute on function members.may_call(integer) to anlauf_app;
