using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Persistence;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Quizzes.Tests.Taking;

public sealed class AttemptRowTests(World world) : IClassFixture<World>
{
    /// <summary>What was read without a column would be saved without it.</summary>
    [Fact]
    public Task Every_column_of_an_attempt_is_read() => world.Db<QuizzesDb, bool>(db =>
    {
        var type = db.Model.FindEntityType(typeof(Attempt))!;
        var table = StoreObjectIdentifier.Table(type.GetTableName()!);
        Assert.Equal(type.GetProperties().Select(p => p.GetColumnName(table)).Order(StringComparer.Ordinal), Attempt.Columns.Order(StringComparer.Ordinal));
        return Task.FromResult(true);
    });
}
