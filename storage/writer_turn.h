// One writer at a time: who wants to write waits for their turn.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace omzien::storage {

// Not a mutex, because a turn may be taken in one thread and given back in another.
class WriterTurns {
 public:
  // A turn, given back when it goes. False: waited `wait_max` in vain, or moved from.
  class Turn {
   public:
    Turn() = default;
    explicit Turn(WriterTurns* turns) : turns_(turns) {}
    Turn(Turn&& other) noexcept : turns_(std::exchange(other.turns_, nullptr)) {}
    Turn& operator=(Turn&&) = delete;
    ~Turn() {
      if (turns_ != nullptr) turns_->give_back();
    }
    explicit operator bool() const { return turns_ != nullptr; }

   private:
    WriterTurns* turns_ = nullptr;
  };

  Turn take(std::chrono::milliseconds wait_max) {
    std::unique_lock lock(mutex_);
    if (!free_again_.wait_for(lock, wait_max, [this] { return !taken_; })) return Turn();
    taken_ = true;
    return Turn(this);
  }

 private:
  void give_back() {
    {
      const std::lock_guard lock(mutex_);
      taken_ = false;
    }
    free_again_.notify_one();
  }

  std::mutex mutex_;
  std::condition_variable free_again_;
  bool taken_ = false;
};

}  // namespace omzien::storage
