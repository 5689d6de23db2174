using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Notifications;

/// <summary>Wires notifications and mail: the trays, the queue, its sender, and SMTP or the folder.</summary>
internal static class MailRegistration
{
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddSingleton<MailBell>();
        services.AddSingleton<MailCarrier>();
        services.AddSingleton<Unsubscribing>();
        services.AddScoped<ILiveChannel, TrayChannel>();
        services.AddScoped<Notices>();
        services.AddScoped<NoticeWords>();
        services.AddScoped<NoticeMails>();
        services.AddScoped<WritingNotices>();
        services.AddScoped<Withdrawing>();
        services.AddScoped<QuizMails>();
        services.AddScoped<BadgeMails>();
        services.AddScoped<AnnouncementMails>();
        services.AddSingleton<MailSender>();
        services.AddHostedService(p => p.GetRequiredService<MailSender>());
        services.AddHostedService<MorningMailsRegularly>();
        services.AddOptions<MailSettings>().BindConfiguration("Mail");
        return services;
    }
}

/// <summary>Settings under <c>Mail:</c>. Without a host every mail becomes a file in the folder.</summary>
internal sealed class MailSettings
{
    /// <summary>Sender, such as <c>MoocPlatform &lt;no-reply@example.org&gt;</c>.</summary>
    public string From { get; set; } = "MoocPlatform <no-reply@localhost>";

    /// <summary>Folder for one .eml file a mail.</summary>
    public string Folder { get; set; } = "data/mail";

    public SmtpSettings Smtp { get; set; } = new();
}

/// <summary>Settings under <c>Mail:Smtp:</c>.</summary>
internal sealed class SmtpSettings
{
    /// <summary>Name of the mail server; none: to the folder.</summary>
    public string? Host { get; set; }

    public int Port { get; set; } = 587;

    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>Whether the connection must be encrypted (STARTTLS). Off only for a server on this machine.</summary>
    public bool StartTls { get; set; } = true;
}

/// <summary>Wakes the sender when a mail was queued.</summary>
internal sealed class MailBell : IDisposable
{
    private readonly SemaphoreSlim rung = new(0, 1);

    public void Ring()
    {
        try
        {
            rung.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    public Task Wait(TimeSpan atMost, CancellationToken ct) => rung.WaitAsync(atMost, ct);

    public void Dispose() => rung.Dispose();
}
