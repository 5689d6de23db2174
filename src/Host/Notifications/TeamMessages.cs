using MediatR;
using Microsoft.Extensions.Localization;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Notifications;

/// <summary>Puts a message of a team on the schedule: with many learners it takes longer than a fact may keep others waiting.</summary>
internal sealed class WhenTeamMessageSent(ISchedule schedule) : INotificationHandler<TeamMessageSent>
{
    public Task Handle(TeamMessageSent notification, CancellationToken cancellationToken) =>
        schedule.At(QueueTeamMessage.Key(notification.MessageId), notification.At, new QueueTeamMessage(notification.MessageId), cancellationToken);
}

/// <summary>Tells a message of the team to those it is for. Asked twice, it finds them told.</summary>
internal sealed record QueueTeamMessage(Guid MessageId) : IRequest
{
    public static string Key(Guid messageId) => $"team-message/{messageId:N}";
}

internal sealed class QueueTeamMessageHandler(Notices notices, IMediator mediator, IStringLocalizer<Text> text, Site site) : IRequestHandler<QueueTeamMessage, Unit>
{
    public async Task<Unit> Handle(QueueTeamMessage request, CancellationToken cancellationToken)
    {
        if (await mediator.Send(new TeamMessageQuery(request.MessageId), cancellationToken) is not { } message
            || await mediator.Send(new RunTermQuery(message.RunId), cancellationToken) is not { } run)
            return Unit.Value;

        var by = (await mediator.Send(new PeopleQuery([message.ById]), cancellationToken)).GetValueOrDefault(message.ById)?.Name;
        var after = Guid.Empty;
        while (true)
        {
            var readers = await mediator.Send(new TeamMessageReadersQuery(message.Id, after, Notices.AtOnce), cancellationToken);
            await notices.Tell(
                [.. readers.Select(r => Notification.New(Notification.IdOf(message.Id, r), r, NoticeKind.TeamMessage, 0, message.Id, message.Id, message.At)
                    .With(message.Subject, run.CourseTitle, CourseLinks.Learn(run.CourseSlug, run.RunSlug), message.Text))],
                toMany: true, cancellationToken, (_, to) => InLanguage.Of(to, run, () => Write(message, run, by, to)));
            if (readers.Count < Notices.AtOnce)
                return Unit.Value;
            after = readers[^1];
        }
    }

    private Letter Write(TeamMessageText message, RunTerm run, string? by, Recipient to) => new(
        $"{run.CourseTitle}: {message.Subject}",
        text["Hello {0},", to.Name] + "\n\n" + message.Text + "\n\n"
            + (by is null ? text["From the team of “{0}”.", run.CourseTitle] : text["{0}, for the team of “{1}”.", by, run.CourseTitle]) + "\n"
            + site.Link(CourseLinks.Learn(run.CourseSlug, run.RunSlug)) + "\n\n" + text["Choose what comes by mail: {0}", site.Link(ChooseMailsPage.Address)]);
}
