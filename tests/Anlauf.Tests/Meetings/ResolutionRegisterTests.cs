using System.Text;
using Anlauf.Rooms.Meetings.Resolutions;

namespace Anlauf.Tests.Meetings;

/// <summary>Finding, sorting and taking along resolutions.</summary>
public sealed class ResolutionRegisterTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>, IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        if (await house.AskAsync<bool>("select exists (select from meetings.resolution)")) return;
        await house.ResolveAsync("sachsen", "2026-001", "Erreichbar vor Ort", "In jedem Flächenlandkreis werden mindestens zwei Anlaufstellen eingerichtet.");
        await house.ResolveAsync("sachsen", "2026-002", "=HYPERLINK(\"x\")", "Der Vorstand beschließt den Terminplan.");
        await house.ResolveAsync("sachsen", "2026-003", "Äpfel; und \"Birnen\"", "Der Vorstand kauft Obst.");
        await house.ResolveAsync("sachsen", "2026-004", "Zum Haushalt", "Der Vorstand beschließt den Finanzplan.");
        await house.TellAsync("""
            update meetings.resolution set state = 'done' where number = '2026-004';
            update meetings.resolution set due = current_date - 1 where number = '2026-002';
            update meetings.resolution set due = current_date where number = '2026-003';
            """);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private Task<IReadOnlyList<ResolutionRegister.Row>> ListAsync(ResolutionRegister.Filter filter, string sort = "nummer", bool descending = false, int offset = 0, int? limit = null) =>
        house.UseAsync<ResolutionRegister, IReadOnlyList<ResolutionRegister.Row>>(house.StateManager, r => r.ListAsync(filter, sort, descending, offset, limit));

    private async Task<string> NumbersAsync(ResolutionRegister.Filter filter, string sort = "nummer", bool descending = false) => string.Join(' ', (await ListAsync(filter, sort, descending)).Select(r => r.Number[5..]));

    [Theory]
    [InlineData("Anlaufstele")]
    [InlineData("Anlaufstellen einrichten")]
    [InlineData("flächenlandkreise")]
    [InlineData("2026-001")]
    public async Task A_resolution_is_found_in_spite_of_typing_errors(string asked) =>
        (await ListAsync(new(Search: asked), "treffer", descending: true)).First().Number.ShouldBe("2026-001");

    [Fact]
    public async Task A_word_that_stands_nowhere_finds_nothing() => (await ListAsync(new(Search: "Raumfahrt"))).ShouldBeEmpty();

    [Fact]
    public async Task State_and_overdue_narrow_the_list()
    {
        (await NumbersAsync(new(State: "done"))).ShouldBe("004");
        // due today is not overdue yet
        (await NumbersAsync(new(Overdue: true))).ShouldBe("002");
        (await NumbersAsync(new(Result: "rejected"))).ShouldBe("");
    }

    [Fact]
    public async Task The_list_is_sorted_the_German_way_in_both_directions()
    {
        (await ListAsync(new(), "titel")).Select(r => r.Title).Where(t => char.IsLetter(t[0])).ShouldBe(["Äpfel; und \"Birnen\"", "Erreichbar vor Ort", "Zum Haushalt"]);
        (await NumbersAsync(new(), "nummer", descending: true)).ShouldBe("004 003 002 001");
        (await NumbersAsync(new(), "frist")).ShouldStartWith("002 003");
    }

    [Fact]
    public async Task Pages_do_not_overlap_and_know_the_total()
    {
        var first = await ListAsync(new(), offset: 0, limit: 3);
        var second = await ListAsync(new(), offset: 3, limit: 3);
        (first.Count, second.Count).ShouldBe((3, 1));
        first.Concat(second).Select(r => r.Number).ShouldBe(["2026-001", "2026-002", "2026-003", "2026-004"]);
        first.ShouldAllBe(r => r.Total == 4);
    }

    [Fact]
    public async Task The_file_holds_exactly_the_filtered_rows_and_no_formula()
    {
        var bytes = await house.UseAsync<ResolutionRegister, byte[]>(house.StateManager, r => r.CsvAsync(new(State: "open"), "nummer", false));
        bytes[..3].ShouldBe(Encoding.UTF8.Preamble.ToArray());
        var lines = Encoding.UTF8.GetString(bytes[3..]).TrimEnd().Split("\r\n");
        lines[0].ShouldBe("Nummer;Titel;Gliederung;Gremium;Datum;Ergebnis;Zuständig;Frist;Stand");
        lines[1..].Select(l => l[..10]).ShouldBe(["\"2026-001\"", "\"2026-002\"", "\"2026-003\""]);
        lines[2].ShouldContain(";\"'=HYPERLINK(\"\"x\"\")\";");
        lines[2].ShouldEndWith(";\"überfällig\"");
        lines[3].ShouldContain(";\"Äpfel; und \"\"Birnen\"\"\";");
    }
}
