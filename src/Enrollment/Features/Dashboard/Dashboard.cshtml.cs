using Microsoft.AspNetCore.Authorization;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Dashboard;

[Authorize(Policies.SignedIn)]
internal sealed class DashboardModel : ModulePage
{
    public IReadOnlyList<MyRun> Runs { get; private set; } = [];

    /// <summary>The run to go on with: the one used last that has something to do.</summary>
    public MyRun? Current { get; private set; }

    /// <summary>All that comes within a week.</summary>
    public IReadOnlyList<MyDate> ThisWeek { get; private set; } = [];

    /// <summary>What comes later, the next first.</summary>
    public IReadOnlyList<MyDate> Later { get; private set; } = [];

    /// <summary>Those that are not over for the learner.</summary>
    public IReadOnlyList<MyRun> Going { get; private set; } = [];

    /// <summary>Those that were completed, or have ended.</summary>
    public IReadOnlyList<MyRun> Past { get; private set; } = [];

    /// <summary>What was announced last in each of them, newest first.</summary>
    public IReadOnlyList<(RunTerm Run, LatestAnnouncement Latest)> News { get; private set; } = [];

    /// <summary>Zone of the dates as long as the reader's own is not known.</summary>
    public string? Zone { get; private set; }

    public async Task OnGetAsync()
    {
        Runs = await Send(new MyLearningQuery(Me));
        Current = Runs.FirstOrDefault(r => !r.Finished && !r.Run.Cancelled && r.Next is not null);
        Past = [.. Runs.Where(r => r.CompletedAt is not null || r.Run.StateAt(Reader.Now) is RunState.Closed or RunState.Archived)];
        Going = [.. Runs.Except(Past)];
        var ahead = Runs.SelectMany(r => r.Ahead()).OrderBy(a => a.At).ToList();
        ThisWeek = [.. ahead.Where(a => a.At <= Reader.Now.AddDays(7))];
        Later = [.. ahead.Skip(ThisWeek.Count).Take(6)];
        News = [.. Runs.Where(r => r.Run.Announcement is not null).Select(r => (r.Run, r.Run.Announcement!)).OrderByDescending(n => n.Item2.At).Take(3)];
        Zone = Runs.FirstOrDefault()?.Run.Zone;
    }

    public string Pattern(MyRun run) => run.Run.Cover.Pattern;

    public string Hue(MyRun run) => run.Run.Cover.Hue;
}
