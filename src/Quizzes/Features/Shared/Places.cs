using MediatR;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Domain;

namespace MoocPlatform.Quizzes.Features.Shared;

/// <summary>Where a quiz stands: in a run, in a section of it.</summary>
internal sealed record Place(RunTerm Run, OutlineSection Section, OutlineItem Item)
{
    public string Link => Contracts.QuizLinks.Quiz(Run.CourseSlug, Run.RunSlug, Item.Slug);

    /// <summary>When nobody can answer any more: the date of the quiz or the end of the run, whichever is first.</summary>
    public DateTimeOffset ClosedAt => Item.DueAt is { } due && due < Run.End ? due : Run.End;

    /// <summary>The quiz as it stands for a learner to whom the team gave a later date.</summary>
    public Place For(Allowance? given) => given?.Until is { } until && Item.DueAt is { } due && until > due ? this with { Item = Item with { DueAt = until } } : this;

    /// <summary>Whether what stands in the quiz may be shown.</summary>
    public bool IsReleased(DateTimeOffset now) => Section.ReleasedAt <= now;

    /// <summary>Why no attempt can start at an instant; null: it can.</summary>
    public Refused? WhyNot(DateTimeOffset now) => Run.StateAt(now) switch
    {
        RunState.Closed or RunState.Archived => Refusals.RunOver(Run.End),
        RunState.Draft or RunState.Announced => Refusals.NotStarted(Run.Start),
        _ when now < Section.ReleasedAt => Refusals.NotReleased(Section.ReleasedAt),
        _ when Item.OpensAt is { } opens && now < opens => Refusals.NotOpen(opens),
        _ when Item.DueAt is { } due && now >= due => Refusals.Due(due),
        _ => null,
    };
}

/// <summary>Finds the quiz of an address, for who may know that it exists.</summary>
internal sealed class Places(IMediator mediator)
{
    /// <exception cref="NotFound">No such run, no such quiz in it, or a draft and not one of the team.</exception>
    public async Task<Place> Find(QuizAddress address, Guid personId, CancellationToken ct, bool seesDrafts = false)
    {
        var run = await mediator.Send(new RunBySlugQuery(address.Course, address.Run), ct) ?? throw new NotFound();
        if (!run.Published && !seesDrafts && await mediator.Send(new CourseRoleQuery(run.CourseId, personId), ct) is null)
            throw new NotFound();
        var outline = await mediator.Send(new OutlineQuery(run.RunId), ct) ?? throw new NotFound();
        foreach (var section in outline.Sections)
        {
            if (section.Items.FirstOrDefault(i => i.Slug == address.Item && i.Kind == ItemKind.Quiz) is { } item)
                return new Place(run, section, item);
        }

        throw new NotFound();
    }
}

/// <summary>The names in <c>/learn/{course}/{run}/quiz/{item}</c>.</summary>
internal sealed record QuizAddress(string Course, string Run, string Item);
