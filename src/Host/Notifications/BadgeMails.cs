using MediatR;
using Microsoft.Extensions.Localization;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Notifications;

/// <summary>What is told about a badge to its owner. It is theirs alone until they share it, and so is this.</summary>
internal sealed class BadgeMails(Notices notices, IMediator mediator, IStringLocalizer<Text> text, Site site)
{
    public Task Issued(CredentialIssued issued, CancellationToken ct) => Tell(
        issued.CredentialId, 0, issued.RunId, issued.CredentialId, issued.PersonId, null, issued.At, ct, (name, course, link) => new(
        text["Your badge: {0}", course],
        text["Hello {0},\n\nyou have completed “{1}”, and here is your badge. Only you see it until you share it.", name, course] + "\n\n" + link));

    public Task Revoked(CredentialRevoked revoked, CancellationToken ct) => Tell(
        Notification.IdOf(revoked.CredentialId, revoked.RunId), 1, revoked.RunId, revoked.CredentialId, revoked.PersonId, revoked.Reason, revoked.At, ct, (name, course, link) => new(
        text["Your badge was revoked: {0}", course],
        text["Hello {0},\n\nthe team has revoked your badge of “{1}”.\n\nWhy: {2}", name, course, revoked.Reason] + "\n\n" + link));

    private async Task Tell(
        Guid id, int detail, Guid runId, Guid credential, Guid person, string? note, DateTimeOffset at, CancellationToken ct, Func<string, string, string, Letter> write)
    {
        if (await mediator.Send(new RunTermQuery(runId), ct) is not { } run)
            return; // the course has gone meanwhile
        var page = CredentialLinks.Credential(credential);
        await notices.Tell([Notification.New(id, person, NoticeKind.Badge, detail, credential, credential, at).With(run.CourseTitle, run.CourseTitle, page, note)],
            toMany: false, ct, (_, to) => InLanguage.Of(to, run, () => write(to.Name, run.CourseTitle, site.Link(page))));
    }
}
