-- A code of a code app opens once: whoever looks over a shoulder, or stands between, comes too late with it. Kept until no app shows it
-- any more; an account's number and six digits that open nothing say nothing of a person.
create table identity.used_code (
  account_id integer not null references identity.account on delete cascade,
  code text not null,
  used_at timestamptz not null default now(),
  primary key (account_id, code)
);
alter table identity.used_code enable row level security;
create policy by_sign_in on identity.used_code using (access.actor() in ('sign-in', 'system')) with check (access.actor() in ('sign-in', 'system'));
grant select, insert, delete on identity.used_code to anlauf_app;
select privacy.impersonal('identity.used_code');
