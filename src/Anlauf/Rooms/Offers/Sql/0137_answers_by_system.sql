-- the demo association's members have answered before anybody signs in
create policy by_system on offers.answer for insert with check (access.is_system());
grant insert on offers.answer to anlauf_app;
