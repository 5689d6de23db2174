using System.Data.Common;
using MoocPlatform.Kernel;

namespace MoocPlatform.Quizzes.Domain;

/// <content>How an attempt is read from its row without EF.</content>
internal sealed partial class Attempt
{
    /// <summary>In the order in which <see cref="Read"/> takes them.</summary>
    public static readonly IReadOnlyList<string> Columns =
    [
        nameof(Id), nameof(RunId), nameof(ItemId), nameof(LearnerId), nameof(Number), nameof(StartedAt), nameof(Allowed), nameof(TimeLimit), nameof(ExtraTime), nameof(Deadline),
        "Sheet", "Held", nameof(Version), nameof(Points), nameof(SubmittedAt), nameof(End), nameof(Score), nameof(ScoreTold), nameof(Changes), nameof(Passed), nameof(Receipt), nameof(SetScore),
    ];

    public static Attempt Read(DbDataReader row)
    {
        return new()
        {
            Id = row.GetGuid(0),
            RunId = row.GetGuid(1),
            ItemId = row.GetGuid(2),
            LearnerId = row.GetGuid(3),
            Number = row.GetInt32(4),
            StartedAt = ModuleDb.Instant(row.GetInt64(5)),
            Allowed = row.GetInt32(6),
            TimeLimit = row.IsDBNull(7) ? null : row.GetInt32(7),
            ExtraTime = row.GetInt32(8),
            Deadline = Instant(9),
            SheetJson = row.GetString(10),
            HeldJson = row.GetString(11),
            Version = row.GetInt32(12),
            Points = row.GetDecimal(13),
            SubmittedAt = Instant(14),
            End = (AttemptEnd)row.GetInt32(15),
            Score = row.IsDBNull(16) ? null : row.GetDecimal(16),
            ScoreTold = row.GetBoolean(17),
            Changes = row.GetInt32(18),
            Passed = row.GetBoolean(19),
            Receipt = row.IsDBNull(20) ? null : row.GetString(20),
            SetScore = row.IsDBNull(21) ? null : row.GetDecimal(21),
        };

        DateTimeOffset? Instant(int column) => row.IsDBNull(column) ? null : ModuleDb.Instant(row.GetInt64(column));
    }
}
