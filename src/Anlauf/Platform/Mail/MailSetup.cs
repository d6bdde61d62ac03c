using Anlauf.Platform.Hosting;

namespace Anlauf.Platform.Mail;

internal static class MailSetup
{
    public static void AddAnlaufMail(this IServiceCollection services)
    {
        services.AddSingleton<MailSettings>();
        services.AddScoped<Outbox>();
        services.AddScoped<MailSender>();
        services.AddRegularWork<MailSender>(TimeSpan.FromSeconds(5), (sender, ct) => sender.SendDueAsync(ct), s => s.GetRequiredService<MailSettings>().IsOn);
        services.AddScoped<ReadBounces>();
        services.AddRegularWork<ReadBounces>(TimeSpan.FromMinutes(10), (bounces, ct) => bounces.RunAsync(ct), s => s.GetRequiredService<MailSettings>().BounceFolder is not null, atStart: true);
    }
}
