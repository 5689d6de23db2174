using System.Data.Common;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Moderating;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Shared;

/// <summary>What keeps a person from a course's talk (course, person): asked at every page of a learner that shows some of it.</summary>
internal sealed class RestraintRead(Database database) : PreparedRead<Restraint>(
    database,
    """SELECT "CourseId", "PersonId", "IsBan", "Reason", "At" FROM discussions_restraints WHERE "CourseId" = @p0 AND "PersonId" = @p1""",
    parameters: 2)
{
    protected override Restraint Row(DbDataReader row) => new()
    {
        CourseId = row.GetGuid(0),
        PersonId = row.GetGuid(1),
        IsBan = row.GetBoolean(2),
        Reason = row.GetString(3),
        At = ModuleDb.Instant(row.GetInt64(4)),
    };
}

/// <summary>A person's vote for a writing (writing, person).</summary>
internal sealed class VoteRead(Database database) : PreparedRead<Vote>(
    database,
    """SELECT "WritingId", "PersonId" FROM discussions_votes WHERE "WritingId" = @p0 AND "PersonId" = @p1""",
    parameters: 2)
{
    protected override Vote Row(DbDataReader row) => new() { WritingId = row.GetGuid(0), PersonId = row.GetGuid(1) };
}

/// <summary>What the team has set for a run's talk (run): hundreds who read a thread ask at the same moment.</summary>
internal sealed class SettingsRead(Database database) : PreparedRead<BoardSettings>(
    database,
    """SELECT "HoldsFirst", "AllowsAnonymous" FROM discussions_settings WHERE "CourseId" = @p0""",
    parameters: 1)
{
    /// <summary>What is set for the course of a run.</summary>
    public async ValueTask<BoardSettings> Of(RunTerm run, CancellationToken ct) => await Find([run.CourseId], ct) ?? new(HoldsFirst: false, AllowsAnonymous: false);

    protected override BoardSettings Row(DbDataReader row) => new(row.GetBoolean(0), row.GetBoolean(1));
}

/// <summary>Whether a person has posted a text already (key, person): asked before each is taken.</summary>
internal sealed class PostedRead(Database database) : PreparedRead<string>(
    database,
    """SELECT "Id" FROM discussions_posts WHERE "Id" = @p0 AND "AuthorId" = @p1 UNION ALL SELECT "Id" FROM discussions_threads WHERE "Id" = @p0 AND "AuthorId" = @p1""",
    parameters: 2)
{
    protected override string Row(DbDataReader row) => "posted";
}
