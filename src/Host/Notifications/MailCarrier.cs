using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace MoocPlatform.Host.Notifications;

/// <summary>Hands a mail to the mail server, or writes it as a file when none is set. Returns only when it was taken.</summary>
internal sealed partial class MailCarrier(IOptions<MailSettings> options, IHostEnvironment environment, Unsubscribing unsubscribing)
{
    /// <summary>After so long a mail server that does not answer is given up.</summary>
    public static readonly TimeSpan LongestTry = TimeSpan.FromSeconds(20);

    private readonly MailSettings settings = options.Value;

    /// <summary>Whether mails become files.</summary>
    public bool ToFolder => string.IsNullOrEmpty(settings.Smtp.Host);

    /// <summary>Where the files are.</summary>
    public string Folder => Path.GetFullPath(settings.Folder, environment.ContentRootPath);

    public async Task Carry(Mail mail, CancellationToken ct)
    {
        using var message = Message(mail);
        if (ToFolder)
            await Write(mail.Id, message, ct);
        else
            await Send(message, ct);
    }

    private async Task Send(MailMessage message, CancellationToken ct)
    {
        var smtp = settings.Smtp;
        using var client = new SmtpClient(smtp.Host!, smtp.Port) { EnableSsl = smtp.StartTls, DeliveryMethod = SmtpDeliveryMethod.Network };
        if (!string.IsNullOrEmpty(smtp.User))
            client.Credentials = new NetworkCredential(smtp.User, smtp.Password);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(LongestTry);
        await client.SendMailAsync(message, limit.Token);
    }

    // The framework gives the file a name of its own: it is written aside, then moved to the name by which we find it.
    private async Task Write(Guid id, MailMessage message, CancellationToken ct)
    {
        var aside = Directory.CreateDirectory(Path.Combine(Folder, $".{id:N}"));
        using (var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = aside.FullName })
            await client.SendMailAsync(message, ct);
        File.Move(aside.GetFiles("*.eml").Single().FullName, Path.Combine(Folder, $"{id:N}.eml"), overwrite: true);
        aside.Delete(recursive: true);
    }

    private MailMessage Message(Mail mail)
    {
        var message = new MailMessage(new MailAddress(settings.From), new MailAddress(mail.To))
        {
            Subject = mail.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = mail.Body,
            BodyEncoding = Encoding.UTF8,
        };
        message.Headers.Add("Message-ID", $"<{mail.Id:N}@{message.From!.Host}>"); // the same at each try: a receiver may drop repeats
        message.Headers.Add("Auto-Submitted", "auto-generated");
        if (mail.Unsubscribe is { } token)
        {
            // RFC 8058: the mail program shows a button and posts by itself. A signature of the server (DKIM) must cover both.
            message.Headers.Add("List-Unsubscribe", $"<{unsubscribing.Link(token)}>");
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(Html(mail), Encoding.UTF8, MediaTypeNames.Text.Html));
        return message;
    }

    private static string Html(Mail mail) =>
        $"<!doctype html><html><head><meta charset=\"utf-8\"><title>{HtmlEncoder.Default.Encode(mail.Subject)}</title></head><body>{Paragraphs(mail.Body)}</body></html>";

    /// <summary>Text as simple HTML: paragraphs, and addresses that can be clicked.</summary>
    internal static string Paragraphs(string body) => string.Join('\n', body.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
        .Select(p => $"<p>{Link().Replace(HtmlEncoder.Default.Encode(p).Replace("&#xA;", "<br>", StringComparison.Ordinal), "<a href=\"$0\">$0</a>")}</p>"));

    [GeneratedRegex(@"https?://[^\s<]+", RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
