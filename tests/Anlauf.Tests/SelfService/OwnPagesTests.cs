using System.Net;
using System.Text.RegularExpressions;
using Anlauf.Platform;
using Anlauf.Platform.Audit;
using Anlauf.Platform.Database;
using Anlauf.Rooms.Members;
using Anlauf.Rooms.SelfService;
using Microsoft.Extensions.DependencyInjection;

namespace Anlauf.Tests.SelfService;

/// <summary>A member sees and corrects their own data by a personal link, through the real door and without script.</summary>
public sealed class OwnPagesTests(OpenHouse door) : IClassFixture<OpenHouse>
{
    private AssociationDatabase House => door.House;
    private static DateOnly Today => DateOnly.FromDateTime(new GermanTime().GetLocalNow().Date);

    private Task<IReadOnlyList<string>> HistoryAsync(int person) => House.ListAsync<string>("select sentence from organisation.person_history where person_id = @person order by id", new { person });

    [Fact]
    public async Task A_link_shows_the_own_data_and_looking_at_it_uses_nothing_up()
    {
        var (mine, other) = (await House.MemberAsync("Selbst"), await House.MemberAsync("Fremdling"));
        await House.UseAsync<PersonDetails, Outcome<int>>(null, d => d.SaveAsync(mine, new(new DateOnly(1980, 5, 4), "Markt 1, 09661 Hainichen")));
        var link = await House.LinkAsync(mine);
        using var visitor = door.Visit();
        // a scanner of mail opens it before the person does
        for (var i = 0; i < 3; i++) (await visitor.OpenAsync("/ich/" + link)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var answer = await visitor.OpenAsync("/ich/" + link);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        var page = await visitor.ReadAsync("/ich/" + link);
        foreach (var said in new[] { "Nora Selbst", "selbst@mitglied.example", "Markt 1, 09661 Hainichen", "4.5.1980", "Ortsverband Hainichen", "wirksam seit" }) page.ShouldContain(said);
        page.ShouldNotContain("Fremdling");
        (await HistoryAsync(other)).ShouldBeEmpty();
        // only the hash is kept
        (await House.AskAsync<bool>("select exists (select from selfservice.link where encode(token_hash, 'escape') like '%' || @link || '%')", new { link })).ShouldBeFalse();
    }

    [Fact]
    public async Task A_link_that_was_replaced_ended_or_invented_opens_nothing()
    {
        var person = await House.MemberAsync("Altlink");
        var (old, fresh) = (await House.LinkAsync(person), await House.LinkAsync(person));
        using var visitor = door.Visit();
        (await visitor.OpenAsync("/ich/" + old)).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await visitor.OpenAsync("/ich/" + fresh)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await House.TellAsync("update selfservice.link set ends_at = now() - interval '1 minute' where person_id = @person", new { person });
        foreach (var part in new[] { "", "/kontakt", "/angaben", "/austritt" })
        {
            var gone = await visitor.OpenAsync($"/ich/{fresh}{part}");
            gone.StatusCode.ShouldBe(HttpStatusCode.Gone);
            (await visitor.ReadAsync($"/ich/erfunden{part}")).ShouldBe(await visitor.ReadAsync($"/ich/{fresh}{part}"), "an ended link answers like one that never was");
        }
    }

    [Fact]
    public async Task A_link_carries_nothing_of_the_persons_office()
    {
        var link = await House.LinkAsync(House.DistrictChair);
        await House.MemberAsync("Nachbarn");
        using var visitor = door.Visit();
        (await visitor.ReadAsync("/ich/" + link)).ShouldContain("Theo Kontur");
        foreach (var page in new[] { "/menschen", "/menschen/datenpflege", "/verwaltung/personen", "/konto" }) (await visitor.WhereAsync(page)).ShouldStartWith("/anmelden");
        // and the database itself shows the link's person and nobody else
        await using var scope = House.Scope(null);
        (await House.UseAsNobodyAsync<Db, int>(async db =>
        {
            await db.ExecuteAsync("select set_config('anlauf.actor', 'self:' || @DistrictChair, false)", new { House.DistrictChair });
            (await db.ScalarAsync<string>("select access.divisions_for('P2', 'people', 'read')::text")).ShouldBeNull();
            (await db.QueryAsync<int>("select person_id from members.party_membership")).ShouldAllBe(p => p == House.DistrictChair);
            return await db.ScalarAsync<int>("select count(*)::int from organisation.person");
        })).ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_objected_takes_it_back_where_it_was_said_and_consents_to_calls_only_then()
    {
        var person = await House.MemberAsync("Überlegt");
        var link = await House.LinkAsync(person);
        using var visitor = door.Visit();
        Task<bool> AllowedAsync() => House.AskAsync<bool>("select privacy.may_contact(@person)", new { person });
        await visitor.SendAsync($"/ich/{link}/bestaetigen?was=ansprache", "object");
        (await AllowedAsync()).ShouldBeFalse();
        await visitor.SendAsync($"/ich/{link}", "give-phone");
        (await House.AskAsync<int>("select count(*)::int from members.consent where person_id = @person", new { person })).ShouldBe(0, "both at once would contradict each other");
        await visitor.SendAsync($"/ich/{link}", "allow");
        (await AllowedAsync()).ShouldBeTrue();
        (await HistoryAsync(person)).ShouldContain("Darf wieder angesprochen werden (die Person selbst, über persönlichen Link)");
        await visitor.SendAsync($"/ich/{link}", "give-phone");
        (await House.AskAsync<int>("select count(*)::int from members.consent where person_id = @person and kind = 'phone'", new { person })).ShouldBe(1);
    }

    [Fact]
    public async Task Contact_and_interests_are_corrected_and_history_and_log_say_who_it_was()
    {
        var person = await House.MemberAsync("Korrektur");
        var link = await House.LinkAsync(person);
        using var visitor = door.Visit();
        (string, string)[] Contact(string email, string place = "Hainichen", string code = "09661", params (string, string)[] more) => [("Input.Email", email), ("Input.Phone", "0171 2222"), ("Input.Street", "Gellertplatz 5"), ("Input.PostalCode", code), ("Input.Place", place), .. more];
        var wrong = await visitor.SendAsync($"/ich/{link}/kontakt", "contact", Contact("kein-klammeraffe"));
        wrong.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var noNumber = await visitor.SendAsync($"/ich/{link}/kontakt", "contact", [.. Contact("neu@mitglied.example").Select(f => f.Item1 == "Input.Phone" ? (f.Item1, "abc") : f)]);
        noNumber.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        System.Net.WebUtility.HtmlDecode(await noNumber.Content.ReadAsStringAsync()).ShouldContain("Das ist keine Telefonnummer");
        (await visitor.SendAsync($"/ich/{link}/kontakt", "contact", Contact("neu@mitglied.example"))).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await House.AskAsync<string>("select email || ' ' || phone from organisation.person where id = @person", new { person })).ShouldBe("neu@mitglied.example 0171 2222");
        (await House.UseAsync<PersonDetails, PersonDetails.Detail?>(null, d => d.FindAsync(person)))!.Address.ShouldBe("Gellertplatz 5, 09661 Hainichen");
        (await HistoryAsync(person)).ShouldContain("E-Mail geändert; Telefon geändert (die Person selbst, über persönlichen Link)");
        (await House.LettersAsync()).ShouldContain(l => l.To == "korrektur@mitglied.example" && l.Subject == "Ihre E-Mail-Adresse wurde geändert");
        (await House.AskAsync<int>("select count(*)::int from audit.entry where actor = 'self:' || @person and action = 'update' and object = 'organisation.person' and subject_id = @person", new { person })).ShouldBe(1);
        (await visitor.SendAsync($"/ich/{link}/angaben", "traits", ("Input.Interests", "Nahverkehr\nBildung"), ("Input.Skills", ""), ("Input.Offers", "Infostand"))).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await House.ListAsync<string>("select label from members.trait where person_id = @person order by 1", new { person })).ShouldBe(["Bildung", "Infostand", "Nahverkehr"]);
        // clubs are hidden until the person shows them
        (await visitor.SendAsync($"/ich/{link}/angaben", "ties", ("TieInput.Hidden", "Gewerkschaft\nFeuerwehr"), ("TieInput.Shown", "Feuerwehr"))).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await House.ListAsync<string>("select name from members.tie where person_id = @person", new { person }, House.DistrictChair)).ShouldBe(["Feuerwehr"]);
        (await visitor.ReadAsync("/ich/" + link)).ShouldContain("Gewerkschaft (verborgen)");
        // motives: ticked, seen by the person alone, and gone with the last tick
        (await visitor.SendAsync($"/ich/{link}/angaben", "motives", ("MotivesChosen.Sent", "true"), ("MotivesChosen.Motives", "peace"))).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await visitor.ReadAsync("/ich/" + link)).ShouldContain("Frieden (sieht niemand außer Ihnen)");
        (await visitor.SendAsync($"/ich/{link}/angaben", "motives", ("MotivesChosen.Sent", "true"))).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await visitor.ReadAsync("/ich/" + link)).ShouldNotContain("Frieden");
    }

    [Fact]
    public async Task A_new_address_elsewhere_counts_at_once_and_the_move_is_decided_by_whoever_keeps_the_membership()
    {
        var person = await House.MemberAsync("Zieht");
        var link = await House.LinkAsync(person);
        using var visitor = door.Visit();
        var unknown = await visitor.SendAsync($"/ich/{link}/kontakt", "contact", ("Input.Email", "zieht@mitglied.example"), ("Input.Street", "Ring 1"), ("Input.PostalCode", ""), ("Input.Place", "Nirgendwo"));
        (await unknown.Content.ReadAsStringAsync()).ShouldContain("Der Ort liegt außerhalb unseres Verbands");
        (await visitor.SendAsync($"/ich/{link}/kontakt", "contact", ("Input.Email", "zieht@mitglied.example"), ("Input.Street", "Ring 1"), ("Input.PostalCode", ""), ("Input.Place", "Chemnitz"))).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await House.UseAsync<PersonDetails, PersonDetails.Detail?>(null, d => d.FindAsync(person)))!.Address.ShouldBe("Ring 1, Chemnitz");
        (await House.AskAsync<string>("select d.slug from organisation.person p join organisation.division d on d.id = p.division_id where p.id = @person", new { person })).ShouldBe("ort-14522230", "nothing moves by itself");
        (await visitor.ReadAsync("/ich/" + link)).ShouldContain("Zuständig würde Stadtverband Chemnitz");
        Task<IReadOnlyList<DecideMove.Row>> MovesAsync(int by) => House.UseAsync<DecideMove, IReadOnlyList<DecideMove.Row>>(by, d => d.ListAsync());
        (await MovesAsync(House.LocalChair)).ShouldBeEmpty("reading members is not keeping them");
        var move = (await MovesAsync(House.DistrictChair)).Single(m => m.PersonId == person);
        (move.To, move.Place).ShouldBe(("Stadtverband Chemnitz", "Chemnitz"));
        await door.AccountAsync("kreispflege", House.DistrictChair);
        using var chair = await door.SignInAsync("kreispflege");
        (await chair.SendAsync("/menschen/datenpflege", $"move-{move.Id}")).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await House.AskAsync<string>("select d.slug from members.party_membership m join organisation.division d on d.id = m.division_id where m.person_id = @person", new { person })).ShouldBe("kreis-14511");
        (await chair.OpenAsync($"/menschen/{person}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await House.UseAsync<DecideMove, Outcome<string>>(House.DistrictChair, d => d.HandleAsync(move.Id, true))).Done.ShouldBeFalse();
    }

    [Fact]
    public async Task A_consent_is_given_and_withdrawn_by_one_tap_each_and_an_objection_holds_everywhere()
    {
        var person = await House.MemberAsync("Einwilligung");
        var link = await House.LinkAsync(person);
        using var visitor = door.Visit();
        (await visitor.SendAsync("/ich/" + link, "give-newsletter")).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await House.AskAsync<string>("select channel || ' ' || proof from members.consent where person_id = @person and withdrawn_on is null", new { person })).ShouldBe("link über den persönlichen Link");
        (await visitor.SendAsync("/ich/" + link, "withdraw-newsletter")).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await House.AskAsync<DateOnly?>("select withdrawn_on from members.consent where person_id = @person", new { person })).ShouldBe(Today);
        // the objection takes a second step that says what follows; looking at it does nothing
        (await visitor.ReadAsync("/ich/" + link)).ShouldContain($"/ich/{link}/bestaetigen?was=ansprache");
        (await visitor.ReadAsync($"/ich/{link}/bestaetigen?was=ansprache")).ShouldContain("Zurücknehmen können Sie es jederzeit unter „Meine Daten“");
        (await House.AskAsync<bool>("select privacy.may_contact(@person)", new { person })).ShouldBeTrue();
        (await visitor.SendAsync($"/ich/{link}/bestaetigen?was=ansprache", "object")).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await House.AskAsync<bool>("select privacy.may_contact(@person)", new { person })).ShouldBeFalse();
        (await HistoryAsync(person)).ShouldBe(["Persönlicher Link geschickt", "Einwilligung erteilt: Rundbrief (die Person selbst, über persönlichen Link)", "Einwilligung widerrufen: Rundbrief (die Person selbst, über persönlichen Link)", "Wünscht keine Ansprache (die Person selbst, über persönlichen Link)"]);
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_the_ways_of_contact_is_said_at_once()
    {
        var link = await House.LinkAsync(await House.MemberAsync("Zweifehler"));
        using var visitor = door.Visit();
        var answer = await visitor.SendAsync($"/ich/{link}/kontakt", "contact", ("Input.Email", "kein-klammeraffe"), ("Input.Phone", "0171 1"), ("Input.Street", "Ring 1"), ("Input.PostalCode", ""), ("Input.Place", "Nirgendwo"));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        foreach (var said in new[] { "Diese E-Mail-Adresse ist unvollständig", "ist keine Gemeinde, die wir kennen", "Der Ort liegt außerhalb unseres Verbands" }) page.ShouldContain(said);
    }

    [Fact]
    public async Task Young_members_say_yes_to_the_youth_organisation_themselves_and_take_it_back()
    {
        var (young, child, old) = (await House.MemberAsync("Jugendlich"), await House.MemberAsync("Kindlich"), await House.MemberAsync("Erwachsen"));
        foreach (var (person, age) in new[] { (young, 20), (child, 15), (old, 40) })
            (await House.UseAsync<PersonDetails, Outcome<int>>(null, d => d.SaveAsync(person, new(Today.AddYears(-age), null)))).Done.ShouldBeTrue();
        var link = await House.LinkAsync(young);
        using var visitor = door.Visit();
        Task<bool> EntrustedAsync() => House.AskAsync<bool>("select exists (select from organisation.entrusted where person_id = @young and ended_at is null and because = 'Einwilligung für den Jugendverband')", new { young });
        (await visitor.ReadAsync("/ich/" + link)).ShouldContain("Jugendverband</b>: nicht erteilt");
        (await visitor.SendAsync("/ich/" + link, "give-youth")).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await EntrustedAsync()).ShouldBeTrue();
        (await visitor.ReadAsync("/ich/" + link)).ShouldContain($"Jugendverband</b>, seit {Today:d.M.yyyy}");
        (await visitor.SendAsync("/ich/" + link, "withdraw-youth")).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await EntrustedAsync()).ShouldBeFalse();
        (await HistoryAsync(young)).ShouldContain("Einwilligung erteilt: Jugendverband (die Person selbst, über persönlichen Link)");
        (await visitor.ReadAsync("/ich/" + await House.LinkAsync(child))).ShouldContain("Unter 16 Jahren willigen die Eltern ein");
        (await visitor.ReadAsync("/ich/" + await House.LinkAsync(old))).ShouldNotContain("Jugendverband");
        // a link says yes for its own person only
        (await House.UseAsNobodyAsync<Db, bool>(async db =>
        {
            await db.ExecuteAsync("select set_config('anlauf.actor', 'self:' || @young, false)", new { young });
            return await db.ScalarAsync<bool>("select welcome.consent_youth(@old, current_date + 9)", new { old });
        })).ShouldBeFalse();
    }

    [Fact]
    public async Task Looks_by_the_own_link_are_the_persons_own_in_the_answer_about_them()
    {
        var person = await House.MemberAsync("Rueckblick");
        await House.UseAsync<AuditLog, bool>(null, async log => { await log.ReadAsync("/x", subject: person); return true; });
        await using (var scope = House.Scope(null))
        {
            scope.ServiceProvider.GetRequiredService<Actor>().BecomeSelf(person);
            await scope.ServiceProvider.GetRequiredService<AuditLog>().ReadAsync("/ich", subject: person);
        }
        (await House.ListAsync<string>("select data->>'actor' from privacy.collect(@person) where table_name = 'audit.entry' order by 1", new { person })).ShouldBe(["Programm", "diese Person, über persönlichen Link"], ignoreOrder: true);
    }

    [Fact]
    public async Task Leaving_takes_two_steps_no_reason_and_holds_with_the_day_of_the_statute_or_at_once()
    {
        var (usual, now) = (await House.MemberAsync("Geht"), await House.MemberAsync("Sofort"));
        foreach (var (person, when) in new[] { (usual, "usual"), (now, "now") })
        {
            var link = await House.LinkAsync(person, "leave");
            var membership = await House.AskAsync<int>("select id from members.party_membership where person_id = @person", new { person });
            using var visitor = door.Visit();
            // a link for leaving opens nothing else
            (await visitor.WhereAsync("/ich/" + link)).ShouldEndWith($"/ich/{link}/austritt");
            (await visitor.ReadAsync($"/ich/{link}/austritt")).ShouldContain("Einen Grund brauchen Sie nicht zu nennen");
            (await House.AskAsync<DateOnly?>("select left_on from members.party_membership where id = @membership", new { membership })).ShouldBeNull();
            (await (await visitor.SendAsync($"/ich/{link}/austritt?was={membership}&wann={when}", "confirm")).Content.ReadAsStringAsync()).ShouldContain("Ihr Austritt ist erkl");
            (await House.AskAsync<DateOnly?>("select left_on from members.party_membership where id = @membership and left_reason = 'resigned'", new { membership })).ShouldBe(when == "now" ? Today : new DateOnly(Today.Year, Today.Month, 1).AddMonths(1).AddDays(-1));
            (await visitor.OpenAsync($"/ich/{link}/austritt")).StatusCode.ShouldBe(HttpStatusCode.Gone, "it has done its work");
        }
        (await HistoryAsync(now)).ShouldContain(h => h.StartsWith("Mitgliedschaft beendet zum") && h.EndsWith("(die Person selbst, über persönlichen Link)"));
    }

    [Fact]
    public async Task Nobody_ends_the_membership_of_somebody_else()
    {
        var (mine, other) = (await House.MemberAsync("Ich selbst"), await House.MemberAsync("Jemand anders"));
        var link = await House.LinkAsync(mine);
        var membership = await House.AskAsync<int>("select id from members.party_membership where person_id = @other", new { other });
        using var visitor = door.Visit();
        (await visitor.ReadAsync($"/ich/{link}/austritt?was={membership}")).ShouldNotContain("Sie erklären den Austritt:");
        (await House.UseAsNobodyAsync<Db, bool>(async db =>
        {
            await db.ExecuteAsync("select set_config('anlauf.actor', 'self:' || @mine, false)", new { mine });
            return await db.ScalarAsync<bool>("select selfservice.resign(@membership, current_date)", new { membership });
        })).ShouldBeFalse();
    }

    [Fact]
    public async Task A_request_for_access_or_erasure_lands_on_the_privacy_desk_once()
    {
        var person = await House.MemberAsync("Auskunft");
        var link = await House.LinkAsync(person);
        using var visitor = door.Visit();
        (await visitor.SendAsync("/ich/" + link, "ask-access")).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await visitor.ReadAsync($"/ich/{link}/bestaetigen?was=loeschung")).ShouldContain("Angaben behalten");
        (await House.AskAsync<int>("select count(*)::int from privacy.request where person_id = @person and kind = 'erasure'", new { person })).ShouldBe(0);
        (await visitor.SendAsync($"/ich/{link}/bestaetigen?was=loeschung", "ask-erasure")).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await House.ListAsync<(string, string, bool)>("select kind, channel, identified_on is not null from privacy.request where person_id = @person order by kind", new { person }))
            .ShouldBe([("access", "link", true), ("erasure", "link", false)]);
        var page = await visitor.ReadAsync("/ich/" + link);
        page.ShouldContain($"Antwort bekommen Sie bis zum {Today.AddMonths(1):d.M.yyyy}");
        page.ShouldNotContain("Auskunft verlangen");
    }

    [Fact]
    public async Task Whoever_has_signed_in_has_the_same_pages_without_a_link()
    {
        await door.AccountAsync("max", House.LocalMember);
        using var max = await door.SignInAsync("max");
        (await max.ReadAsync("/ich")).ShouldContain("Max Muster");
        Regex.Replace(await max.ReadAsync("/ich"), "<[^>]+>", "").ShouldContain("braucht. Wer sieht mich?");
        // words first: what is seen, not its code
        var seen = Regex.Replace(await max.ReadAsync("/konto/wer-sieht-mich"), "<[^>]+>", "");
        seen.ShouldContain("Kontaktdaten von Mitgliedern; um zu:");
        seen.ShouldNotMatch(@"\bP\d\b");
        (await max.SendAsync("/ich/kontakt", "contact", ("Input.Email", "max@muster.example"), ("Input.Phone", "0171 1"))).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await House.AskAsync<string>("select email from organisation.person where id = @LocalMember", new { House.LocalMember })).ShouldBe("max@muster.example");
        (await HistoryAsync(House.LocalMember)).ShouldContain(h => h.EndsWith("(die Person selbst)"));
        using var stranger = door.Visit();
        (await stranger.WhereAsync("/ich")).ShouldBe("/ich/anfordern");
        (await stranger.WhereAsync("/ich/kontakt")).ShouldBe("/ich/anfordern");
    }
}
