using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MoocPlatform.Host.Persistence;

namespace MoocPlatform.Host.Schedule;

/// <summary>
/// One entry of the schedule as we keep it. Hangfire knows no keys, and its storage on SQLite has no transactions: this row is the
/// truth, a job of Hangfire only the alarm clock. A job whose <see cref="Turn"/> is not the row's is out of date and does nothing.
/// </summary>
internal sealed class KeptDate
{
    public string Key { get; init; } = "";

    /// <summary>The request's short name.</summary>
    public string What { get; init; } = "";

    /// <summary>The request's type and JSON, as <see cref="JobRunner.Keep"/> made them.</summary>
    public string Type { get; init; } = "";

    public string Body { get; init; } = "";

    public DateTimeOffset Due { get; set; }

    /// <summary>Null: a single date.</summary>
    public int? EverySeconds { get; init; }

    /// <summary>New whenever the date is set or called again.</summary>
    public Guid Turn { get; set; }

    /// <summary>Hangfire's own number of the job; null: it has none yet.</summary>
    public string? JobId { get; set; }

    /// <summary>Failed too often: stands among the failed jobs of the dashboard until an admin tries again.</summary>
    public bool GivenUp { get; set; }
}

[DbContext(typeof(HostDb))]
[Migration("00000000000001_Schedule")]
internal sealed class ScheduleTable : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("host_schedule",
            t => new
            {
                Key = t.Column<string>(maxLength: 200),
                What = t.Column<string>(),
                Type = t.Column<string>(),
                Body = t.Column<string>(),
                Due = t.Column<long>(),
                EverySeconds = t.Column<int>(nullable: true),
                Turn = t.Column<Guid>(),
                JobId = t.Column<string>(nullable: true),
                GivenUp = t.Column<bool>(),
            },
            constraints: t => t.PrimaryKey("PK_host_schedule", d => d.Key));
        migrationBuilder.CreateIndex("ix_host_schedule_due", "host_schedule", ["GivenUp", "Due"]);
    }
}
