;; Makes a plane of luma smaller. Pointers and lengths are bytes; reads and writes may go up to 16 bytes behind what they are told of.
(module
  (memory (export "memory") 1)

  ;; Each pixel becomes the mean of sixteen: of four lines (`rows` holds four 32-bit offsets for each row) four columns (`columns` holds
  ;; four for each, twice as far from the left). `line` has room for 16 bits a column.
  (func (export "shrink") (param $from i32) (param $width i32) (param $rows i32) (param $columns i32)
    (param $to i32) (param $toWidth i32) (param $toHeight i32) (param $line i32)
    (local $at i32) (local $end i32) (local $first i32) (local $second i32) (local $third i32) (local $fourth i32)
    (local $one v128) (local $other v128) (local $three v128) (local $four v128)
    (loop $nextRow
      (local.set $first (i32.add (local.get $from) (i32.load (local.get $rows))))
      (local.set $second (i32.add (local.get $from) (i32.load offset=4 (local.get $rows))))
      (local.set $third (i32.add (local.get $from) (i32.load offset=8 (local.get $rows))))
      (local.set $fourth (i32.add (local.get $from) (i32.load offset=12 (local.get $rows))))
      (local.set $at (i32.const 0))
      (loop $next
        (local.set $one (v128.load (i32.add (local.get $first) (local.get $at))))
        (local.set $other (v128.load (i32.add (local.get $second) (local.get $at))))
        (local.set $three (v128.load (i32.add (local.get $third) (local.get $at))))
        (local.set $four (v128.load (i32.add (local.get $fourth) (local.get $at))))
        (local.set $end (i32.add (local.get $line) (i32.shl (local.get $at) (i32.const 1))))
        (v128.store (local.get $end) (i16x8.add
          (i16x8.add (i16x8.extend_low_i8x16_u (local.get $one)) (i16x8.extend_low_i8x16_u (local.get $other)))
          (i16x8.add (i16x8.extend_low_i8x16_u (local.get $three)) (i16x8.extend_low_i8x16_u (local.get $four)))))
        (v128.store offset=16 (local.get $end) (i16x8.add
          (i16x8.add (i16x8.extend_high_i8x16_u (local.get $one)) (i16x8.extend_high_i8x16_u (local.get $other)))
          (i16x8.add (i16x8.extend_high_i8x16_u (local.get $three)) (i16x8.extend_high_i8x16_u (local.get $four)))))
        (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $width))))
      (local.set $rows (i32.add (local.get $rows) (i32.const 16)))
      (local.set $at (local.get $columns))
      (local.set $end (i32.add (local.get $to) (local.get $toWidth)))
      (loop $next
        (i32.store8 (local.get $to) (i32.shr_u (i32.add (i32.const 8) (i32.add
          (i32.add (i32.load16_u (i32.add (local.get $line) (i32.load (local.get $at))))
            (i32.load16_u (i32.add (local.get $line) (i32.load offset=4 (local.get $at)))))
          (i32.add (i32.load16_u (i32.add (local.get $line) (i32.load offset=8 (local.get $at))))
            (i32.load16_u (i32.add (local.get $line) (i32.load offset=12 (local.get $at))))))) (i32.const 4)))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br_if $next (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 1))) (local.get $end))))
      (br_if $nextRow (local.tee $toHeight (i32.sub (local.get $toHeight) (i32.const 1)))))))
