-- Who waits for the first contact is told apart from other steps by phone; its text is in Functions/welcome.waiting.sql.
drop function welcome.waiting(boolean);
