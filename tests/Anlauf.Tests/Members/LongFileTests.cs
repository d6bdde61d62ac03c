using System.Diagnostics;
using System.Globalization;
using System.Text;
using Anlauf.Platform;
using Anlauf.Platform.Audit;
using Anlauf.Rooms.Members.Reconciliation;
using Xunit.Abstractions;

namespace Anlauf.Tests.Members;

/// <summary>
/// Files that take longer than a request: read in by steps that can be stopped, gone on with and taken back. ANLAUF_LINES=100000 gives the
/// figures of docs/measurements.md; 6,000 lines, three steps, otherwise.
/// </summary>
public sealed class LongFileTests(AssociationDatabase house, ITestOutputHelper output) : IClassFixture<AssociationDatabase>
{
    private static readonly int Lines = int.TryParse(Environment.GetEnvironmentVariable("ANLAUF_LINES"), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 6_000;

    // days of admission over twenty years, places all over the state, and a number for each
    internal static byte[] File(string prefix, int lines)
    {
        (string Code, string Name)[] places = [("09661", "Hainichen"), ("", "Leipzig"), ("", "Dresden"), ("", "Plauen"), ("", "Görlitz")];
        var text = new StringBuilder("Mitgliedsnummer;Vorname;Nachname;Geburtstag;Straße;PLZ;Ort;E-Mail;Telefon;Art;Eintritt;Rundbrief\n");
        for (var i = 0; i < lines; i++)
        {
            var (code, place) = places[i % places.Length];
            text.Append(CultureInfo.InvariantCulture, $"{prefix}-{i};Vor{i % 700};{prefix}name{i % 9000};{1 + i % 28}.{1 + i % 12}.{1940 + i % 60};Straße {i % 90};{code};{place};{prefix}{i}@viele.example;0371 {i:000000};Mitglied;{1 + i % 28}.{1 + i / 28 % 12}.{2000 + i / 336 % 20};ja\n");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private async Task<int> UploadAsync(byte[] file) => (await house.UseAsync<ImportDesk, Outcome<int>>(house.StateManager, async d => await d.UploadAsync(await house.DivisionAsync("sachsen"), "register.csv", file, true))).Value;
    private Task<Outcome<int>> RunAsync(Func<ImportRun, Task<Outcome<int>>> work) => house.UseAsync(house.StateManager, work);
    private async Task<ImportDesk.Row> FindAsync(int id) => (await house.UseAsync<ImportDesk, ImportDesk.Row?>(house.StateManager, d => d.FindAsync(id)))!;
    private Task<int> PersonsAsync(string prefix) => house.AskAsync<int>("select count(*)::int from organisation.person where family_name like @prefix || 'name%'", new { prefix });
    private Task<IReadOnlyList<string>> VerifyAsync() => house.UseAsync<AuditVerification, IReadOnlyList<string>>(null, async v => (await v.RunAsync()).Wrong);

    [Fact]
    public async Task A_long_file_is_read_in_by_steps_changes_nothing_the_second_time_and_is_taken_back_whole()
    {
        var file = File("Lang", Lines);
        var id = await UploadAsync(file);
        using var heap = new Heap();
        // the request comes back at once, the background does the work
        (await RunAsync(r => r.TakeAsync(id))).Value.ShouldBe(0);
        (await FindAsync(id)).State.ShouldBe("reading");
        var watch = Stopwatch.StartNew();
        (await RunAsync(r => r.GoOnAsync(id))).Value.ShouldBe(Lines);
        Say($"{Lines} lines read in: {watch.Elapsed.TotalSeconds:0.0} s, managed heap at most {heap.Peak} MB");
        (await PersonsAsync("Lang")).ShouldBe(Lines);
        (await FindAsync(id)).ShouldSatisfyAllConditions(f => f.State.ShouldBe("done"), f => f.DoneLines.ShouldBe(Lines), f => f.HasContent.ShouldBeFalse(), f => f.MayUndo.ShouldBeTrue());
        (await house.AskAsync<int>("select count(*)::int from members.party_membership m join organisation.person p on p.id = m.person_id join organisation.division d on d.id = m.division_id where p.family_name like 'Langname%' and d.slug = 'kreis-14713'")).ShouldBe(Lines / 5);
        watch.Restart();
        (await VerifyAsync()).ShouldBeEmpty();
        Say($"audit verified: {watch.Elapsed.TotalSeconds:0.0} s");

        var again = await UploadAsync(file);
        watch.Restart();
        (await house.UseAsync<ImportDesk, Reconcile.Preview?>(house.StateManager, d => d.PreviewAsync(again)))!.ShouldSatisfyAllConditions(p => p.New.ShouldBeEmpty(), p => p.Changes.ShouldBeEmpty(), p => p.Unchanged.ShouldBe(Lines));
        Say($"preview of the same file: {watch.Elapsed.TotalSeconds:0.0} s");

        (await RunAsync(r => r.UndoAsync(id))).Value.ShouldBe(0);
        watch.Restart();
        (await RunAsync(r => r.GoOnAsync(id))).Value.ShouldBe(Lines);
        Say($"taken back: {watch.Elapsed.TotalSeconds:0.0} s");
        (await PersonsAsync("Lang")).ShouldBe(0);
        (await FindAsync(id)).State.ShouldBe("undone");
        (await VerifyAsync()).ShouldBeEmpty();
        heap.Peak.ShouldBeLessThan(500);
    }

    [Fact]
    public async Task What_is_stopped_leaves_whole_persons_and_goes_on_where_it_was()
    {
        var id = await UploadAsync(File("Halt", 8_000));
        await RunAsync(r => r.TakeAsync(id));
        // whoever stops waits for the step that is being written, and no other begins; whoever asks to go on meanwhile may wait for one as well
        await using (var other = house.Scope(house.StateManager))
        {
            var reading = RunAsync(r => r.GoOnAsync(id));
            var run = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<ImportRun>(other.ServiceProvider);
            while (await house.AskAsync<int>("select done_lines from members.people_import where id = @id", new { id }) == 0) await Task.Delay(20);
            (await run.GoOnAsync(id)).Refusal!.Message.ShouldBe("Mit dieser Datei wird gerade gearbeitet");
            await run.StopAsync(id);
            await reading;
        }
        var stopped = await FindAsync(id);
        stopped.ShouldSatisfyAllConditions(f => f.State.ShouldBe("paused"), f => f.DoneLines.ShouldBeInRange(2_000, 6_000), f => f.MayUndo.ShouldBeTrue(), f => f.HasContent.ShouldBeTrue());
        (await PersonsAsync("Halt")).ShouldBe(stopped.DoneLines);
        (await house.AskAsync<int>("""
            select count(*)::int from organisation.person p where p.family_name like 'Haltname%' and (not exists (select from members.party_membership m where m.person_id = p.id) or not exists (select from members.person_detail e where e.person_id = p.id) or not exists (select from members.consent c where c.person_id = p.id))
            """)).ShouldBe(0);
        await RunAsync(r => r.TakeAsync(id));
        (await RunAsync(r => r.GoOnAsync(id))).Value.ShouldBe(8_000);
        (await PersonsAsync("Halt")).ShouldBe(8_000);

        // taking back is stopped as well: from then on it can only be taken back further
        await RunAsync(r => r.UndoAsync(id));
        await house.UseAsync<ImportRun, int>(house.StateManager, r => r.StopAsync(id));
        (await RunAsync(r => r.TakeAsync(id))).Refusal!.Message.ShouldContain("zurückgenommen");
        await RunAsync(r => r.UndoAsync(id));
        (await RunAsync(r => r.GoOnAsync(id))).Value.ShouldBe(8_000);
        (await PersonsAsync("Halt")).ShouldBe(0);
    }

    [Fact]
    public async Task A_person_with_an_office_stays_alone_when_a_long_file_is_taken_back()
    {
        var id = await UploadAsync(File("Amt", 2_500));
        await RunAsync(r => r.TakeAsync(id));
        await RunAsync(r => r.GoOnAsync(id));
        await house.TellAsync("insert into organisation.office_holding (office_id, person_id, valid_from) select (select min(id) from organisation.office), (select min(id) from organisation.person where family_name like 'Amtname%'), current_date");
        (await RunAsync(r => r.UndoAsync(id))).Done.ShouldBeTrue();
        (await RunAsync(r => r.GoOnAsync(id))).Value.ShouldBe(2_499);
        (await PersonsAsync("Amt")).ShouldBe(1);
    }

    private void Say(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
