using System.Text.Encodings.Web;
using System.Text.Json;
using Anlauf.Platform.Database;
using Anlauf.Platform.Hosting;

namespace Anlauf.Rooms;

/// <summary>What the commands of all rooms share: the installation opened with all services, and the form of their lines.</summary>
internal static class Shell
{
    /// <summary>Exit code of wrong usage and unusable input.</summary>
    public const int WrongUsage = 2;

    /// <summary>JSON lines as the contract of the command line has them: camel case, letters as they are.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Opens the installation for a command: database, schema up to date, services of all rooms.</summary>
    public static async Task<int> RunAsync(string? dataFolder, Opening opening, Func<IServiceProvider, Task<int>> work, CancellationToken ct)
    {
        await using var installation = await Installation.OpenAsync(dataFolder, opening, ct: ct);
        await Migrator.MigrateAsync(installation.Connections.Owner, ct);
        await using var services = AnlaufHost.Services(RoomList.All, installation.Connections);
        return await work(services);
    }

    /// <summary>The same in one scope in which the system acts.</summary>
    public static Task<int> RunAsSystemAsync(string? dataFolder, Opening opening, Func<IServiceProvider, Task<int>> work, CancellationToken ct) => RunAsync(dataFolder, opening, async services =>
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem();
        return await work(scope.ServiceProvider);
    }, ct);

    /// <summary>Says why a command cannot work with what it was given.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RefuseAsync(string why)
    {
        await Console.Error.WriteLineAsync(why);
        return WrongUsage;
    }
}
