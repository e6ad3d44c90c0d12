;; The sums that a convolutional network spends its time on, four values at once.
;; All pointers, steps and lengths are bytes, multiples of 16; all values are 32-bit floats, a pixel's channels together, their
;; count a multiple of 4. `least` is the least value of an answer: 0 makes it rectified, minus infinity leaves it.
(module
  (memory (export "memory") 1)

  ;; y[row][column][out] = bias[out] + sum of x at the square of (row, column) times w[out]. Answers are made four beside each other;
  ;; where there are fewer, up to three more are written behind the last, and of a count that four doesn't divide some are made twice.
  ;; w: for each four outs, for each value of the square in its order, four weights.
  (func (export "convolve")
    (param $x i32) (param $w i32) (param $bias i32) (param $y i32)
    (param $rows i32) (param $columns i32) (param $outs i32) ;; outs: bytes of an answer's pixel
    (param $rowStep i32) (param $step i32) ;; in x, from one answer to the one below and beside
    (param $sides i32) (param $width i32) (param $run i32) ;; rows of a square, in x from one to the next, bytes of one
    (param $least f32)
    (local $row i32) (local $column i32) (local $first i32) (local $out i32) (local $side i32) (local $end i32)
    (local $from i32) (local $square i32) (local $x0 i32) (local $x1 i32) (local $x2 i32) (local $x3 i32) (local $wAt i32) (local $yAt i32)
    (local $v v128) (local $floor v128) (local $a0 v128) (local $a1 v128) (local $a2 v128) (local $a3 v128)
    (local.set $floor (f32x4.splat (local.get $least)))
    (loop $nextRow
      (local.set $column (i32.const 0))
      (loop $nextColumn
        (local.set $first (local.get $column))
        (if (i32.and (i32.gt_s (i32.add (local.get $column) (i32.const 4)) (local.get $columns)) (i32.ge_s (local.get $columns) (i32.const 4)))
          (then (local.set $first (i32.sub (local.get $columns) (i32.const 4)))))
        (local.set $square (i32.add (local.get $x)
          (i32.add (i32.mul (local.get $row) (local.get $rowStep)) (i32.mul (local.get $first) (local.get $step)))))
        (local.set $yAt (i32.add (local.get $y)
          (i32.mul (local.get $outs) (i32.add (i32.mul (local.get $row) (local.get $columns)) (local.get $first)))))
        (local.set $wAt (local.get $w))
        (local.set $out (i32.const 0))
        (loop $nextOut
          (local.set $a0 (v128.load (i32.add (local.get $bias) (local.get $out))))
          (local.set $a1 (local.get $a0))
          (local.set $a2 (local.get $a0))
          (local.set $a3 (local.get $a0))
          (local.set $from (local.get $square))
          (local.set $side (local.get $sides))
          (loop $nextSide
            (local.set $x0 (local.get $from))
            (local.set $x1 (i32.add (local.get $x0) (local.get $step)))
            (local.set $x2 (i32.add (local.get $x1) (local.get $step)))
            (local.set $x3 (i32.add (local.get $x2) (local.get $step)))
            (local.set $end (i32.add (local.get $from) (local.get $run)))
            (loop $nextIn
              (local.set $v (v128.load (local.get $wAt)))
              (local.set $a0 (f32x4.add (local.get $a0) (f32x4.mul (local.get $v) (v128.load32_splat (local.get $x0)))))
              (local.set $a1 (f32x4.add (local.get $a1) (f32x4.mul (local.get $v) (v128.load32_splat (local.get $x1)))))
              (local.set $a2 (f32x4.add (local.get $a2) (f32x4.mul (local.get $v) (v128.load32_splat (local.get $x2)))))
              (local.set $a3 (f32x4.add (local.get $a3) (f32x4.mul (local.get $v) (v128.load32_splat (local.get $x3)))))
              (local.set $v (v128.load offset=16 (local.get $wAt)))
              (local.set $a0 (f32x4.add (local.get $a0) (f32x4.mul (local.get $v) (v128.load32_splat offset=4 (local.get $x0)))))
              (local.set $a1 (f32x4.add (local.get $a1) (f32x4.mul (local.get $v) (v128.load32_splat offset=4 (local.get $x1)))))
              (local.set $a2 (f32x4.add (local.get $a2) (f32x4.mul (local.get $v) (v128.load32_splat offset=4 (local.get $x2)))))
              (local.set $a3 (f32x4.add (local.get $a3) (f32x4.mul (local.get $v) (v128.load32_splat offset=4 (local.get $x3)))))
              (local.set $v (v128.load offset=32 (local.get $wAt)))
              (local.set $a0 (f32x4.add (local.get $a0) (f32x4.mul (local.get $v) (v128.load32_splat offset=8 (local.get $x0)))))
              (local.set $a1 (f32x4.add (local.get $a1) (f32x4.mul (local.get $v) (v128.load32_splat offset=8 (local.get $x1)))))
              (local.set $a2 (f32x4.add (local.get $a2) (f32x4.mul (local.get $v) (v128.load32_splat offset=8 (local.get $x2)))))
              (local.set $a3 (f32x4.add (local.get $a3) (f32x4.mul (local.get $v) (v128.load32_splat offset=8 (local.get $x3)))))
              (local.set $v (v128.load offset=48 (local.get $wAt)))
              (local.set $a0 (f32x4.add (local.get $a0) (f32x4.mul (local.get $v) (v128.load32_splat offset=12 (local.get $x0)))))
              (local.set $a1 (f32x4.add (local.get $a1) (f32x4.mul (local.get $v) (v128.load32_splat offset=12 (local.get $x1)))))
              (local.set $a2 (f32x4.add (local.get $a2) (f32x4.mul (local.get $v) (v128.load32_splat offset=12 (local.get $x2)))))
              (local.set $a3 (f32x4.add (local.get $a3) (f32x4.mul (local.get $v) (v128.load32_splat offset=12 (local.get $x3)))))
              (local.set $wAt (i32.add (local.get $wAt) (i32.const 64)))
              (local.set $x1 (i32.add (local.get $x1) (i32.const 16)))
              (local.set $x2 (i32.add (local.get $x2) (i32.const 16)))
              (local.set $x3 (i32.add (local.get $x3) (i32.const 16)))
              (br_if $nextIn (i32.lt_u (local.tee $x0 (i32.add (local.get $x0) (i32.const 16))) (local.get $end))))
            (local.set $from (i32.add (local.get $from) (local.get $width)))
            (br_if $nextSide (local.tee $side (i32.sub (local.get $side) (i32.const 1)))))
          (local.set $x0 (i32.add (local.get $yAt) (local.get $out)))
          (v128.store (local.get $x0) (f32x4.max (local.get $a0) (local.get $floor)))
          (v128.store (local.tee $x0 (i32.add (local.get $x0) (local.get $outs))) (f32x4.max (local.get $a1) (local.get $floor)))
          (v128.store (local.tee $x0 (i32.add (local.get $x0) (local.get $outs))) (f32x4.max (local.get $a2) (local.get $floor)))
          (v128.store (i32.add (local.get $x0) (local.get $outs)) (f32x4.max (local.get $a3) (local.get $floor)))
          (br_if $nextOut (i32.lt_u (local.tee $out (i32.add (local.get $out) (i32.const 16))) (local.get $outs))))
        (br_if $nextColumn (i32.lt_s (local.tee $column (i32.add (local.get $column) (i32.const 4))) (local.get $columns))))
      (br_if $nextRow (i32.lt_u (local.tee $row (i32.add (local.get $row) (i32.const 1))) (local.get $rows)))))

  ;; y[row][column][c] = bias[c] + sum of x[…][c] at the square of (row, column) times w[…][c]; answers by fours as above.
  (func (export "filter")
    (param $x i32) (param $w i32) (param $bias i32) (param $y i32)
    (param $rows i32) (param $columns i32) (param $depth i32) ;; depth: bytes of a pixel
    (param $rowStep i32) (param $step i32) (param $sides i32) (param $width i32)
    (param $least f32)
    (local $row i32) (local $column i32) (local $first i32) (local $c i32) (local $u i32) (local $v i32)
    (local $from i32) (local $square i32) (local $x0 i32) (local $x1 i32) (local $wAt i32) (local $yAt i32) (local $two i32)
    (local $weight v128) (local $floor v128) (local $a0 v128) (local $a1 v128) (local $a2 v128) (local $a3 v128)
    (local.set $floor (f32x4.splat (local.get $least)))
    (local.set $two (i32.shl (local.get $step) (i32.const 1)))
    (loop $nextRow
      (local.set $column (i32.const 0))
      (loop $nextColumn
        (local.set $first (local.get $column))
        (if (i32.and (i32.gt_s (i32.add (local.get $column) (i32.const 4)) (local.get $columns)) (i32.ge_s (local.get $columns) (i32.const 4)))
          (then (local.set $first (i32.sub (local.get $columns) (i32.const 4)))))
        (local.set $square (i32.add (local.get $x)
          (i32.add (i32.mul (local.get $row) (local.get $rowStep)) (i32.mul (local.get $first) (local.get $step)))))
        (local.set $yAt (i32.add (local.get $y)
          (i32.mul (local.get $depth) (i32.add (i32.mul (local.get $row) (local.get $columns)) (local.get $first)))))
        (local.set $c (i32.const 0))
        (loop $nextChannels
          (local.set $a0 (v128.load (i32.add (local.get $bias) (local.get $c))))
          (local.set $a1 (local.get $a0))
          (local.set $a2 (local.get $a0))
          (local.set $a3 (local.get $a0))
          (local.set $wAt (i32.add (local.get $w) (local.get $c)))
          (local.set $from (i32.add (local.get $square) (local.get $c)))
          (local.set $u (local.get $sides))
          (loop $nextU
            (local.set $x0 (local.get $from))
            (local.set $v (local.get $sides))
            (loop $nextV
              (local.set $weight (v128.load (local.get $wAt)))
              (local.set $x1 (i32.add (local.get $x0) (local.get $step)))
              (local.set $a0 (f32x4.add (local.get $a0) (f32x4.mul (v128.load (local.get $x0)) (local.get $weight))))
              (local.set $a1 (f32x4.add (local.get $a1) (f32x4.mul (v128.load (local.get $x1)) (local.get $weight))))
              (local.set $a2 (f32x4.add (local.get $a2)
                (f32x4.mul (v128.load (i32.add (local.get $x0) (local.get $two))) (local.get $weight))))
              (local.set $a3 (f32x4.add (local.get $a3)
                (f32x4.mul (v128.load (i32.add (local.get $x1) (local.get $two))) (local.get $weight))))
              (local.set $x0 (i32.add (local.get $x0) (local.get $depth)))
              (local.set $wAt (i32.add (local.get $wAt) (local.get $depth)))
              (br_if $nextV (local.tee $v (i32.sub (local.get $v) (i32.const 1)))))
            (local.set $from (i32.add (local.get $from) (local.get $width)))
            (br_if $nextU (local.tee $u (i32.sub (local.get $u) (i32.const 1)))))
          (local.set $x0 (i32.add (local.get $yAt) (local.get $c)))
          (v128.store (local.get $x0) (f32x4.max (local.get $a0) (local.get $floor)))
          (v128.store (local.tee $x0 (i32.add (local.get $x0) (local.get $depth))) (f32x4.max (local.get $a1) (local.get $floor)))
          (v128.store (local.tee $x0 (i32.add (local.get $x0) (local.get $depth))) (f32x4.max (local.get $a2) (local.get $floor)))
          (v128.store (i32.add (local.get $x0) (local.get $depth)) (f32x4.max (local.get $a3) (local.get $floor)))
          (br_if $nextChannels (i32.lt_u (local.tee $c (i32.add (local.get $c) (i32.const 16))) (local.get $depth))))
        (br_if $nextColumn (i32.lt_s (local.tee $column (i32.add (local.get $column) (i32.const 4))) (local.get $columns))))
      (br_if $nextRow (i32.lt_u (local.tee $row (i32.add (local.get $row) (i32.const 1))) (local.get $rows)))))

  ;; y = x + few, where few is repeated over x.
  (func (export "add")
    (param $x i32) (param $few i32) (param $y i32) (param $bytes i32) (param $fewBytes i32) (param $least f32)
    (local $at i32) (local $f i32) (local $floor v128)
    (local.set $floor (f32x4.splat (local.get $least)))
    (loop $next
      (v128.store (i32.add (local.get $y) (local.get $at)) (f32x4.max (local.get $floor) (f32x4.add
        (v128.load (i32.add (local.get $x) (local.get $at))) (v128.load (i32.add (local.get $few) (local.get $f))))))
      (local.set $f (i32.add (local.get $f) (i32.const 16)))
      (if (i32.ge_u (local.get $f) (local.get $fewBytes)) (then (local.set $f (i32.const 0))))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $bytes)))))

  ;; y = x * few, as above.
  (func (export "multiply")
    (param $x i32) (param $few i32) (param $y i32) (param $bytes i32) (param $fewBytes i32)
    (local $at i32) (local $f i32)
    (loop $next
      (v128.store (i32.add (local.get $y) (local.get $at)) (f32x4.mul
        (v128.load (i32.add (local.get $x) (local.get $at))) (v128.load (i32.add (local.get $few) (local.get $f)))))
      (local.set $f (i32.add (local.get $f) (i32.const 16)))
      (if (i32.ge_u (local.get $f) (local.get $fewBytes)) (then (local.set $f (i32.const 0))))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $bytes)))))

  ;; y = x * min(6, max(0, x + 3)) / 6
  (func (export "swish") (param $x i32) (param $y i32) (param $bytes i32)
    (local $at i32) (local $v v128) (local $three v128) (local $six v128) (local $zero v128)
    (local.set $three (f32x4.splat (f32.const 3)))
    (local.set $six (f32x4.splat (f32.const 6)))
    (loop $next
      (local.set $v (v128.load (i32.add (local.get $x) (local.get $at))))
      (v128.store (i32.add (local.get $y) (local.get $at)) (f32x4.div (f32x4.mul (local.get $v)
        (f32x4.min (local.get $six) (f32x4.max (local.get $zero) (f32x4.add (local.get $v) (local.get $three))))) (local.get $six)))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $bytes)))))

  ;; The most of each square of pixels; rows and columns are those of the answer.
  (func (export "most")
    (param $x i32) (param $y i32) (param $rows i32) (param $columns i32) (param $depth i32)
    (param $rowStep i32) (param $step i32) (param $sides i32) (param $width i32) ;; as those of a filter
    (local $column i32) (local $c i32) (local $square i32) (local $from i32) (local $at i32) (local $u i32) (local $v i32) (local $a v128)
    (loop $nextRow
      (local.set $column (local.get $columns))
      (local.set $square (local.get $x))
      (loop $nextColumn
        (local.set $c (i32.const 0))
        (loop $nextChannels
          (local.set $from (i32.add (local.get $square) (local.get $c)))
          (local.set $a (v128.load (local.get $from)))
          (local.set $u (local.get $sides))
          (loop $nextU
            (local.set $at (local.get $from))
            (local.set $v (local.get $sides))
            (loop $nextV
              (local.set $a (f32x4.max (local.get $a) (v128.load (local.get $at))))
              (local.set $at (i32.add (local.get $at) (local.get $depth)))
              (br_if $nextV (local.tee $v (i32.sub (local.get $v) (i32.const 1)))))
            (local.set $from (i32.add (local.get $from) (local.get $width)))
            (br_if $nextU (local.tee $u (i32.sub (local.get $u) (i32.const 1)))))
          (v128.store (local.get $y) (local.get $a))
          (local.set $y (i32.add (local.get $y) (i32.const 16)))
          (br_if $nextChannels (i32.lt_u (local.tee $c (i32.add (local.get $c) (i32.const 16))) (local.get $depth))))
        (local.set $square (i32.add (local.get $square) (local.get $step)))
        (br_if $nextColumn (local.tee $column (i32.sub (local.get $column) (i32.const 1)))))
      (local.set $x (i32.add (local.get $x) (local.get $rowStep)))
      (br_if $nextRow (local.tee $rows (i32.sub (local.get $rows) (i32.const 1))))))

  ;; y[c] += x[pixel][c] * share, over all pixels.
  (func (export "mean") (param $x i32) (param $y i32) (param $pixels i32) (param $depth i32) (param $share f32)
    (local $c i32) (local $part v128)
    (local.set $part (f32x4.splat (local.get $share)))
    (loop $nextPixel
      (local.set $c (i32.const 0))
      (loop $nextChannels
        (v128.store (i32.add (local.get $y) (local.get $c)) (f32x4.add (v128.load (i32.add (local.get $y) (local.get $c)))
          (f32x4.mul (local.get $part) (v128.load (i32.add (local.get $x) (local.get $c))))))
        (br_if $nextChannels (i32.lt_u (local.tee $c (i32.add (local.get $c) (i32.const 16))) (local.get $depth))))
      (local.set $x (i32.add (local.get $x) (local.get $depth)))
      (br_if $nextPixel (local.tee $pixels (i32.sub (local.get $pixels) (i32.const 1))))))

  ;; A row of an enlarged picture from two of its rows. table: for each column the left and the right pixel's bytes from the row's
  ;; start, the right one's share, and nothing.
  (func (export "stretch")
    (param $top i32) (param $bottom i32) (param $y i32) (param $table i32) (param $columns i32) (param $depth i32) (param $down f32)
    (local $c i32) (local $left i32) (local $right i32) (local $across v128) (local $lower v128) (local $a v128) (local $b v128)
    (local.set $lower (f32x4.splat (local.get $down)))
    (loop $nextColumn
      (local.set $left (i32.load (local.get $table)))
      (local.set $right (i32.load offset=4 (local.get $table)))
      (local.set $across (v128.load32_splat offset=8 (local.get $table)))
      (local.set $c (local.get $depth))
      (loop $nextChannels
        (local.set $a (v128.load (i32.add (local.get $top) (local.get $left))))
        (local.set $a (f32x4.add (local.get $a) (f32x4.mul (local.get $across)
          (f32x4.sub (v128.load (i32.add (local.get $top) (local.get $right))) (local.get $a)))))
        (local.set $b (v128.load (i32.add (local.get $bottom) (local.get $left))))
        (local.set $b (f32x4.add (local.get $b) (f32x4.mul (local.get $across)
          (f32x4.sub (v128.load (i32.add (local.get $bottom) (local.get $right))) (local.get $b)))))
        (v128.store (local.get $y) (f32x4.add (local.get $a) (f32x4.mul (local.get $lower) (f32x4.sub (local.get $b) (local.get $a)))))
        (local.set $left (i32.add (local.get $left) (i32.const 16)))
        (local.set $right (i32.add (local.get $right) (i32.const 16)))
        (local.set $y (i32.add (local.get $y) (i32.const 16)))
        (br_if $nextChannels (local.tee $c (i32.sub (local.get $c) (i32.const 16)))))
      (local.set $table (i32.add (local.get $table) (i32.const 16)))
      (br_if $nextColumn (local.tee $columns (i32.sub (local.get $columns) (i32.const 1))))))

  ;; Rows of so many bytes to places that are further apart, or nearer.
  (func (export "copyRows")
    (param $x i32) (param $fromStep i32) (param $y i32) (param $toStep i32) (param $rows i32) (param $bytes i32)
    (local $at i32)
    (loop $nextRow
      (local.set $at (i32.const 0))
      (loop $next
        (v128.store (i32.add (local.get $y) (local.get $at)) (v128.load (i32.add (local.get $x) (local.get $at))))
        (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $bytes))))
      (local.set $x (i32.add (local.get $x) (local.get $fromStep)))
      (local.set $y (i32.add (local.get $y) (local.get $toStep)))
      (br_if $nextRow (local.tee $rows (i32.sub (local.get $rows) (i32.const 1)))))))
