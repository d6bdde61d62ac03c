using System.Text.RegularExpressions;

namespace Anlauf.Tests;

/// <summary>The rooms stay apart: a source scan, because the compiler sees one project only.</summary>
public sealed partial class HouseRulesTests
{
    /// <summary>Which room may use which; a graph without a circle, Territory and Organisation at the bottom.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Territory"] = [],
        ["Organisation"] = ["Territory"],
        ["Meetings"] = ["Organisation"],
        ["Situation"] = ["Territory", "Organisation", "Meetings"],
        ["Members"] = ["Territory", "Organisation"],
        // contributes an indicator and uses the dates' wording of the meetings
        ["Presence"] = ["Territory", "Organisation", "Meetings", "Situation"],
        ["Welcome"] = ["Territory", "Organisation", "Situation", "Members"],
        // reads the roll of members through a function of the database
        ["Surveys"] = [],
        // the roll of carers and the privacy desk through functions of the database; the consent to the youth organisation is the one of Welcome
        ["SelfService"] = ["Territory", "Organisation", "Members", "Welcome"],
        // an offer says who is asked for a task of the meetings
        ["Offers"] = ["Organisation", "Meetings", "Situation"],
        // links tasks, dates and papers in the database; guests are accounts of the platform
        ["Projects"] = [],
        // reads every room by the declarations in the database, not by their code
        ["Privacy"] = ["Organisation"],
        // passes messages on to the division nearest to a postal code
        ["Portal"] = ["Territory", "Organisation"],
        // opens the whole house from the shell; its page is for those who administer
        ["Operation"] = ["Territory", "Organisation"],
        ["Demo"] = ["Territory", "Organisation", "Meetings", "Situation", "Presence", "Members", "Welcome", "Surveys", "SelfService", "Offers", "Projects"],
    };

    private static readonly string Source = Path.Combine(Root(), "src", "Anlauf");

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Anlauf.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("the tests run outside the checkout");
    }

    private static IEnumerable<(string File, string Text)> Files(string folder) => Directory.EnumerateFiles(folder, "*.*", SearchOption.AllDirectories)
        .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal)).Select(f => (Path.GetRelativePath(Source, f), File.ReadAllText(f)));

    [Fact]
    public async Task The_source_is_formatted()
    {
        using var format = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("dotnet", "format whitespace Anlauf.slnx --verify-no-changes --no-restore")
        {
            WorkingDirectory = Root(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = await Task.WhenAll(format.StandardOutput.ReadToEndAsync(), format.StandardError.ReadToEndAsync());
        await format.WaitForExitAsync();
        format.ExitCode.ShouldBe(0, "run: dotnet format whitespace\n" + string.Join('\n', string.Concat(said).Split('\n').Take(5)));
    }

    [Fact]
    public void The_platform_knows_no_room()
    {
        Files(Path.Combine(Source, "Platform")).Where(f => RoomName().IsMatch(f.Text)).Select(f => f.File).ShouldBeEmpty();
    }

    [Fact]
    public void A_room_uses_only_the_rooms_below_it()
    {
        var rooms = Directory.GetDirectories(Path.Combine(Source, "Rooms")).Select(Path.GetFileName).OfType<string>().ToList();
        rooms.ShouldBeSubsetOf(Allowed.Keys, "a new room belongs into the table of this test");
        var broken = from room in rooms
                     from file in Files(Path.Combine(Source, "Rooms", room))
                     from Match match in RoomName().Matches(file.Text)
                     let used = match.Groups[1].Value
                     where used != room && Allowed.ContainsKey(used) && !Allowed[room].Contains(used)
                     select $"{file.File} uses {used}";
        broken.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void The_table_of_allowed_uses_has_no_circle()
    {
        bool Reaches(string from, string to, HashSet<string> seen) => Allowed[from].Any(n => n == to || (seen.Add(n) && Reaches(n, to, seen)));
        Allowed.Keys.Where(r => Reaches(r, r, [])).ShouldBeEmpty();
    }

    [Fact]
    public void Every_page_names_its_permission()
    {
        Files(Source).Where(f => f.File.EndsWith(".razor", StringComparison.Ordinal) && f.Text.Contains("@page \"", StringComparison.Ordinal))
            .Where(f => !f.Text.Contains("[Authorize(Policy", StringComparison.Ordinal) && !f.Text.Contains("[AllowAnonymous]", StringComparison.Ordinal))
            .Select(f => f.File).ShouldBeEmpty();
    }

    [Fact]
    public void What_is_typed_to_find_people_is_sent_and_not_put_into_an_address()
    {
        Files(Source).Where(f => f.File.EndsWith(".razor", StringComparison.Ordinal))
            .Where(f => f.Text.Contains("type=\"search\"", StringComparison.Ordinal) && !f.Text.Contains("<SearchForm ", StringComparison.Ordinal)).Select(f => f.File).ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_that_is_typed_is_put_into_an_address_by_a_form()
    {
        // what is chosen or counted may stand there
        var typed = from file in Files(Source)
                    where file.File.EndsWith(".razor", StringComparison.Ordinal)
                    from Match form in GetForm().Matches(file.Text)
                    from Match field in TypedField().Matches(form.Value)
                    select $"{file.File}: {field.Value}";
        typed.ShouldBeEmpty("use SearchForm");
        GetForm().Count("<form class=\"a\" method=\"get\"><input name=\"wer\" /></form>").ShouldBe(1);
        TypedField().Count("<input name=\"wer\" /><input type=\"search\" name=\"q\" /><input type=\"hidden\" /><input value=\"@(a > b)\" type=\"date\" />").ShouldBe(2);
    }

    [GeneratedRegex("<form\\b[^>]*\\bmethod=\"get\".*?</form>", RegexOptions.Singleline)]
    private static partial Regex GetForm();
    [GeneratedRegex("<(?:textarea\\b|InputText|input\\b(?!(?:[^<]*?)\\btype=\"(?:hidden|checkbox|radio|date|number|submit)\"))[^>]*>")]
    private static partial Regex TypedField();
    [GeneratedRegex(@"Anlauf\.Rooms\.([A-Z][a-z]+)\b")]
    private static partial Regex RoomName();
}
