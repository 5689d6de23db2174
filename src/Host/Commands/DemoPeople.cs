using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Commands;

/// <summary>Somebody to try the site with; in development only.</summary>
internal sealed record DemoPerson(string Name, string Mail, string Password, string What, string? Role, bool Joins = false);

/// <summary>The demo people. Their passwords are no secret.</summary>
internal static class DemoPeople
{
    public static readonly DemoPerson Admin = new("Ada Site", "ada@example.org", "tall trees keep the house", "runs the site", Policies.Admin);

    public static readonly IReadOnlyList<DemoPerson> Teachers =
    [
        new("Ioana Marin", "ioana@example.org", "chalk dust on seven sleeves", "teacher", Policies.Teacher),
        new("Luca Ferrante", "luca@example.org", "maps fold badly in rain", "teacher", Policies.Teacher),
    ];

    public static readonly IReadOnlyList<DemoPerson> Learners =
    [
        new("Elena Popescu", "elena@example.org", "nine herons by the bridge", "learner", null, Joins: true),
        new("Kofi Owusu", "kofi@example.org", "warm bread before the bus", "learner", null, Joins: true),
        new("Teresa Popa", "teresa@example.org", "quiet lamps along the canal", "learner, not enrolled yet", null),
    ];

    public static IReadOnlyList<DemoPerson> All { get; } = [Admin, .. Teachers, .. Learners];
}
