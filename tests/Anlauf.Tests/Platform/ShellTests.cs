using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Anlauf.Platform.Database;
using Anlauf.Platform.Hosting;
using Anlauf.Rooms;
using Npgsql;

namespace Anlauf.Tests.Platform;

/// <summary>The command line as a person at the shell meets it: beside a running server, with mistyped folders, ports and options.</summary>
public sealed partial class ShellTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"anlauf-tests-shell-{Environment.ProcessId}-{Guid.NewGuid():N}");

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private static ParseResult Parse(params string[] line)
    {
        var root = new RootCommand();
        foreach (var command in RoomList.All.SelectMany(room => room.Commands())) root.Subcommands.Add(command);
        GermanHelp.Use(root);
        return root.Parse(line);
    }

    private static Task<int> RunAsync(params string[] line) => Parse(line).InvokeAsync(new() { EnableDefaultExceptionHandler = false });

    [Fact]
    public async Task Short_commands_work_beside_a_running_server_which_waits_for_them_when_it_stops()
    {
        var server = await Installation.OpenAsync(folder, Opening.Server);
        var saved = Path.Combine(folder, "sicherung.zip");
        (await RunAsync("user", "add", "erika", "--given", "Erika", "--family", "Probe", "--division", "Landesverband Probe", "--data", folder)).ShouldBe(0);
        (await RunAsync("backup", saved, "--data", folder)).ShouldBe(0);
        File.Exists(saved).ShouldBeTrue();
        (await RunAsync("check", "--data", folder)).ShouldBe(0);
        await using (var connection = new NpgsqlConnection(server.Connections.Owner))
        {
            await connection.OpenAsync();
            await using var count = new NpgsqlCommand("select count(*) from identity.account", connection);
            (await count.ExecuteScalarAsync()).ShouldBe(1L, "the server's database is the one the commands used, and it still runs");
        }
        (await Should.ThrowAsync<DatabaseUnavailableException>(() => Installation.OpenAsync(folder, Opening.Server))).Message.ShouldContain("anderen laufenden Anlauf");

        var guest = await Installation.OpenAsync(folder, Opening.Existing);
        var stopping = server.DisposeAsync().AsTask();
        await Task.Delay(500);
        stopping.IsCompleted.ShouldBeFalse("a guest still works");
        await guest.DisposeAsync();
        await stopping;
        (await RunAsync("check", "--data", folder)).ShouldBe(0, "without a server the command starts the database itself");
    }

    [Theory]
    [InlineData("check")]
    [InlineData("backup", "leer.zip")]
    [InlineData("coverage")]
    [InlineData("white-spots", "--election", "x", "--party", "y")]
    [InlineData("user", "lock", "erika")]
    [InlineData("audit", "verify")]
    [InlineData("setting", "own-list")]
    public async Task A_mistyped_folder_is_refused_and_not_made(params string[] command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var refused = await Should.ThrowAsync<NoInstallationException>(() => RunAsync([.. command, "--data", folder]));
        refused.Message.ShouldContain(folder);
        Directory.Exists(folder).ShouldBeFalse();
    }

    [Theory]
    [InlineData("import", "municipalities", "/nicht/da.txt")]
    [InlineData("import", "gemeinden", "/nicht/da.txt")]
    [InlineData("restore", "/nicht/da.zip")]
    [InlineData("backup", "/nicht/da/x.zip")]
    public async Task A_missing_file_is_said_before_an_installation_is_made(params string[] command)
    {
        ArgumentNullException.ThrowIfNull(command);
        (await RunAsync([.. command, "--data", folder])).ShouldBe(2);
        Directory.Exists(folder).ShouldBeFalse();
    }

    [Fact]
    public void A_port_in_use_is_said_with_one_that_is_free()
    {
        using var busy = new TcpListener(IPAddress.Loopback, 0);
        busy.Start();
        var port = ((IPEndPoint)busy.LocalEndpoint).Port;
        ListenAddress.RefusalOf(port).ShouldNotBeNull().ShouldStartWith($"Port {port} ist belegt. Abhilfe: --port ");
        ListenAddress.RefusalOf($"http://127.0.0.1:{port}").ShouldNotBeNull().ShouldStartWith($"Port {port} ist belegt. Abhilfe: --urls http://127.0.0.1:");
        ListenAddress.RefusalOf(70000).ShouldNotBeNull().ShouldContain("1 bis 65535");
        ListenAddress.RefusalOf("quatsch").ShouldNotBeNull().ShouldContain("keine Adresse");
        busy.Stop();
        ListenAddress.RefusalOf(port).ShouldBeNull();
    }

    [Theory]
    [InlineData("demo --port abc", "--port: „abc“ passt nicht; erwartet wird eine ganze Zahl.")]
    [InlineData("demo --port", "--port: es fehlt der Wert (Port auf 127.0.0.1).")]
    [InlineData("white-spots --party SPD", "--election fehlt: Kennung der Wahl, zum Beispiel gr-sn-2024.")]
    [InlineData("backup", "DATEI fehlt: Datei der Sicherung.")]
    [InlineData("quatsch", "„quatsch“ ist hier unbekannt.")]
    [InlineData("user", "Es fehlt, was zu tun ist. Möglich sind: add, invite, lock, reset, second-factor, session-hours.")]
    public void Wrong_usage_is_said_in_German_and_names_what_belongs_there(string line, string sentence)
    {
        var parsed = Parse(line.Split(' '));
        parsed.Errors.ShouldNotBeEmpty();
        UsageErrors.In(parsed).ShouldContain(sentence);
    }

    [Fact]
    public async Task The_help_of_every_command_is_German()
    {
        var before = CultureInfo.CurrentUICulture;
        // the program does the same at its start
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            var helped = 0;
            foreach (var line in Lines(Parse().RootCommandResult.Command, []).ToList())
            {
                var output = new StringWriter();
                (await Parse([.. line, "--help"]).InvokeAsync(new() { Output = output, Error = output, EnableDefaultExceptionHandler = false })).ShouldBe(0);
                var help = output.ToString();
                help.ShouldContain("Nutzung:", customMessage: string.Join(" ", line));
                English().Matches(help).Select(word => word.Value).ShouldBeEmpty(help);
                helped++;
            }
            helped.ShouldBeGreaterThan(30);
            foreach (var wrong in new[] { "demo --port 1 --port 2", "--version plan", "plan json a.json --time x", "plan json a.json --seed", "plan json a.json --unknown 7 --json=vielleicht", "quatsch --x", "plan check a b c", "@nirgends", "user", "plan" })
            {
                var parsed = Parse(wrong.Split(' '));
                foreach (var sentence in UsageErrors.In(parsed)) English().Matches(sentence).ShouldBeEmpty(sentence);
            }
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }

        static IEnumerable<string[]> Lines(Command command, string[] line) => command.Subcommands.Where(sub => !sub.Hidden).SelectMany(sub => Lines(sub, [.. line, sub.Name])).Prepend(line);
    }

    // words of the library's own English; names of commands, options and values are what contracts call them
    [GeneratedRegex(@"\b(Description|Usage|Arguments|Options|Commands|Show|help and|usage information|command\]|options\]|default:|REQUIRED|Required|required|expects|provided|argument\b(?! \d)|Unrecognized|recognized|matched|Did you|cannot|not found|must be|parse|expected|version information|additional)\b", RegexOptions.CultureInvariant)]
    private static partial Regex English();

    [Fact]
    public void Without_a_command_the_commands_are_named() => UsageErrors.In(Parse()).ShouldHaveSingleItem().ShouldContain("demo");
}
