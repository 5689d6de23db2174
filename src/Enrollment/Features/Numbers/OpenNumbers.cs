using MediatR;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Domain;

namespace MoocPlatform.Enrollment.Features.Numbers;

/// <summary>What everyone may know of a course in numbers. Null: no run of it was published.</summary>
internal sealed record OpenNumbersQuery(string Course) : IRequest<OpenNumbers?>;

/// <param name="Runs">The newest first.</param>
internal sealed record OpenNumbers(RunTerm Newest, IReadOnlyList<OpenRun> Runs);

/// <summary>
/// A run in numbers that tell of nobody: each is rounded to the next multiple of 5, so that differences of two numbers are blurred as
/// well, and null stands for fewer than 5.
/// </summary>
/// <param name="JoinedByWeek">By the Monday on which the week begins.</param>
internal sealed record OpenRun(
    string Run, DateOnly Start, DateOnly End, DateOnly AsOf, int? Learners, int? EverJoined, int? ActiveInAWeek, int? Finished,
    IReadOnlyList<OpenWeek> JoinedByWeek, IReadOnlyList<OpenStep> Steps);

internal sealed record OpenWeek(DateOnly From, int? Joined);

internal sealed record OpenStep(int Step, string Title, int? Reached, int? Done);

internal sealed class OpenNumbersHandler(NumbersDesk desk, IMediator mediator) : IRequestHandler<OpenNumbersQuery, OpenNumbers?>
{
    private const int Least = 5;

    // Visitors come often and these numbers are coarse.
    private static readonly TimeSpan NotOlder = TimeSpan.FromHours(1);

    public async Task<OpenNumbers?> Handle(OpenNumbersQuery request, CancellationToken cancellationToken)
    {
        var runs = await mediator.Send(new PublishedRunsQuery(request.Course), cancellationToken);
        if (runs.Count == 0)
            return null;
        var open = new List<OpenRun>(runs.Count);
        foreach (var run in runs)
        {
            var shown = await desk.Of(run, NotOlder, cancellationToken);
            if (shown.Numbers is { } numbers)
                open.Add(Of(run, numbers, shown.MadeAt));
        }

        return new(runs[0], open);
    }

    internal static int? Coarse(int number) => number < Least ? null : (int)Math.Round(number / (double)Least, MidpointRounding.AwayFromZero) * Least;

    private static OpenRun Of(RunTerm run, RunNumbers numbers, DateTimeOffset madeAt)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(run.Zone);
        return new(
            run.RunSlug, Day(run.Start), Day(run.End), Day(madeAt), Coarse(numbers.Learners), Coarse(numbers.Ever), Coarse(numbers.Active), Coarse(numbers.Finished),
            [.. numbers.Joined.GroupBy(j => NumbersModel.Monday(j.Day)).OrderBy(w => w.Key).Select(w => new OpenWeek(w.Key, Coarse(w.Sum(d => d.Count))))],
            [.. numbers.Items.Select((item, place) => new OpenStep(place + 1, item.Title, Coarse(item.Reached), Coarse(item.Done)))]);

        DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
    }
}
