using System.Data.Common;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Domain;

namespace MoocPlatform.Quizzes.Persistence;

/// <summary>A learner's attempt (attempt, learner), on the way of every answer and every submission.</summary>
internal sealed class AttemptRead(Database database) : PreparedRead<Attempt>(
    database,
    $"""SELECT {string.Join(", ", Attempt.Columns.Select(c => $"\"{c}\""))} FROM quizzes_attempts WHERE "Id" = @p0 AND "LearnerId" = @p1""",
    parameters: 2)
{
    protected override Attempt Row(DbDataReader row) => Attempt.Read(row);
}
