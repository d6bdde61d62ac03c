using System.Text.Json;

namespace Anlauf.Tests.Mail;

/// <summary>A real SMTP server (npm package smtp-server).</summary>
internal sealed class MailServer : IDisposable
{
    /// <summary>A letter as it came over the line.</summary>
    /// <param name="Secure">True where the connection was encrypted.</param>
    /// <param name="User">Who signed in.</param>
    /// <param name="Text">Headers and body as sent.</param>
    public sealed record Letter(string[] To, string From, bool Secure, string? User, string Text);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly NodeProgram program;

    private MailServer(NodeProgram program, int port) => (this.program, Port) = (program, port);

    /// <summary>Where it listens, on this machine.</summary>
    public int Port { get; }

    /// <summary>Starts it: plain, starttls (with a certificate nobody trusts) or login (user anlauf, password geheim).</summary>
    public static async Task<(MailServer? Server, string Missing)> StartAsync(string kind)
    {
        var port = NodeProgram.FreePort();
        var (program, missing) = await NodeProgram.StartAsync("Mail", "smtp-server", $"server.mjs {port} {kind}");
        return (program is null ? null : new MailServer(program, port), missing);
    }

    /// <summary>The next letter that arrives.</summary>
    /// <exception cref="TimeoutException">None arrives within twenty seconds.</exception>
    public async Task<Letter> NextAsync()
    {
        var line = await program.Output.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20));
        return JsonSerializer.Deserialize<Letter>(line!, Json)!;
    }

    /// <inheritdoc/>
    public void Dispose() => program.Dispose();
}
