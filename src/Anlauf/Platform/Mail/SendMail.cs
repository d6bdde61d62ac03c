using Anlauf.Platform.Database;

namespace Anlauf.Platform.Mail;

internal static class MailSetup
{
    public static void AddAnlaufMail(this IServiceCollection services)
    {
        services.AddSingleton<MailSettings>();
        services.AddScoped<Outbox>();
        services.AddScoped<MailSender>();
        services.AddHostedService<SendMail>();
        services.AddScoped<ReadBounces>();
        services.AddHostedService<ReadBouncesRegularly>();
    }
}

/// <summary>Looks every five seconds whether a letter is due, while the server runs and a server for mail is set up.</summary>
internal sealed partial class SendMail(IServiceScopeFactory scopes, MailSettings settings, TimeProvider clock, ILogger<SendMail> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Host.Length == 0) return;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await SendAsync(stoppingToken);
        }
        catch (OperationCanceledException) { }
    }

    private async Task SendAsync(CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem();
            await scope.ServiceProvider.GetRequiredService<MailSender>().SendDueAsync(ct);
        }
        // a wrong setting or a database that is away must not end the sender for good
        catch (Exception e) when (e is Npgsql.NpgsqlException or IOException or System.Security.Cryptography.CryptographicException) { NotLooked(log, e.GetType().Name); }
    }

    [LoggerMessage(LogLevel.Warning, "the outbox could not be looked through: {Why}")]
    private static partial void NotLooked(ILogger logger, string why);
}
